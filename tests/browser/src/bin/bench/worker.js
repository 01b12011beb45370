// One worker of the built page, on a document that runs nothing else.
// Bytes come and go as strings of the characters 0 to 255: WebDriver carries JSON only.
class Inbox {
  items = [];
  wake = () => {};
  put(item) {
    this.items.push(item);
    this.wake();
  }
  async next() {
    while (this.items.length === 0) await new Promise((resolve) => { this.wake = resolve; });
    const item = this.items.shift();
    if (item.fault) throw new Error(item.fault);
    return item;
  }
}

const toBytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const toText = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

window.lone = {
  worker: null,
  ports: [],
  replies: null,
  chunks: null,

  // Fetches, compiles and starts it as the page does; milliseconds until it listens.
  async start(program) {
    const index = new DOMParser().parseFromString(await (await fetch("./index.html")).text(), "text/html");
    const query = "?v=" + index.querySelector("meta[name=worker-version]").content;
    const began = performance.now();
    const module = await WebAssembly.compileStreaming(fetch(`./worker-${program}_bg.wasm${query}`));
    this.worker = new Worker(`./boot.js${query}`, { name: program });
    this.replies = new Inbox();
    this.chunks = new Inbox();
    this.worker.onmessage = (event) => this.replies.put({ at: performance.now(), data: event.data });
    this.worker.onerror = (event) => {
      this.replies.put({ fault: event.message });
      this.chunks.put({ fault: event.message });
    };
    this.worker.postMessage(module);
    await this.replies.next();
    return performance.now() - began;
  },

  // Tells it what it is, with so many ports for draws; returns its answer.
  async hello(text, numPorts) {
    const channels = Array.from({ length: numPorts }, () => new MessageChannel());
    this.ports.forEach((port) => port.close());
    this.ports = channels.map((channel) => channel.port2);
    for (const port of this.ports) {
      port.onmessage = (event) => this.chunks.put({ at: performance.now(), data: event.data });
    }
    const given = channels.map((channel) => channel.port1);
    this.worker.postMessage([toBytes(text), ...given], given);
    return toText((await this.replies.next()).data);
  },

  post(text) {
    const at = performance.now();
    this.worker.postMessage([toBytes(text)]);
    return at;
  },

  // Runs one chain after another. A chain is at its end when all its numbers have come.
  async sample(hellos, run, numNumbers, wantsDraws) {
    const chains = [];
    for (const hello of hellos) {
      await this.hello(hello, 1);
      const began = this.post(run);
      const numbers = [];
      let [count, last] = [0, null];
      while (count < numNumbers) {
        last = await this.chunks.next();
        count += last.data[1].length;
        numbers.push(last.data[1]);
      }
      const draws = wantsDraws ? numbers.flatMap((part) => Array.from(part)) : [];
      chains.push({ wall_ms: last.at - began, chunk: toText(last.data[0]), draws: JSON.stringify(draws) });
    }
    return chains;
  },

  // Draws for the desk, kept here: every run of it gets the same.
  async keepDraws(draws) {
    this.draws = draws.map((chain) => Float64Array.from(JSON.parse(chain)));
  },

  // Sends a run to the desk, and draws, chunk by chunk as chains would; the time of sending.
  async ask(run, chunks) {
    const at = this.post(run);
    chunks.forEach((chunk, chain) => this.ports[chain].postMessage([toBytes(chunk), this.draws[chain]]));
    return at;
  },

  // The desk's next answer and when it came.
  async reply() {
    const { at, data } = await this.replies.next();
    return { at, message: toText(data) };
  },
};
