// Measures steps of a slider that a real pointer drags, each from its input event, in milliseconds:
// `first`: a picture of the new setting is drawn; `drawn`: the last one is; `frame`: the frame that shows
// it begins; `over`: that frame is handed to the screen.
// A step ends when the desk says that its run has settled; `data-state` may still be of the run before.

// Where the pointer presses and moves, in CSS pixels.
window.track = (selector) => {
  const slider = document.querySelector(selector);
  slider.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = slider.getBoundingClientRect();
  return { left, y: top + height / 2, width };
};

// Makes `nextStep` the promise of the measured step that the next input event begins; null if none comes
// for a while.
window.arm = () => {
  const main = document.querySelector("main[data-run]");

  // A message to oneself is heard after the present task, and after the paint of a present frame.
  const afterTask = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  };
  const frame = () => new Promise((resolve) => {
    requestAnimationFrame((start) => {
      const called = performance.now();
      afterTask(() => resolve({ start, called, end: performance.now() }));
    });
  });

  // As encoded by engine::protocol, which main.rs checks: 1, the run's number in groups of seven bits, lowest
  // first, …, and whether it has settled; or 3 for a failure.
  const read = (bytes) => {
    let [run, i] = [0, 1];
    for (; bytes[i] >= 128; i++) run += (bytes[i] - 128) * 128 ** (i - 1);
    run += bytes[i] * 128 ** (i - 1);
    return { run, isPanels: bytes[0] === 1, isFailure: bytes[0] === 3, isSettled: bytes.at(-1) === 1 };
  };

  const answer = (runBefore) => new Promise((resolve, reject) => {
    let isAnswered = false;
    const draws = [];
    const observer = new MutationObserver(() => {
      if (isAnswered) draws.push(performance.now());
    });
    observer.observe(main, { subtree: true, attributeFilter: ["data-drawn"] });
    window.onReply = (data) => {
      if (typeof data === "string") return;
      const { run, isPanels, isFailure, isSettled } = read(data);
      if (isFailure) reject(new Error("a worker reports a failure"));
      if (!isPanels || run <= runBefore) return;
      isAnswered = true;
      if (!isSettled) return;
      window.onReply = undefined;
      const end = () => {
        observer.disconnect();
        if (draws.length > 0) resolve({ first: draws[0], drawn: draws.at(-1) });
        else reject(new Error("a step changed no picture"));
      };
      // The page reads the same message next, and draws in the same task; on a busy machine a frame later.
      afterTask(() => {
        if (draws.length > 0) end();
        else frame().then(frame).then(end);
      });
    };
  });

  window.nextStep = new Promise((resolve, reject) => {
    const onInput = async () => {
      clearTimeout(timer);
      const began = performance.now();
      let moments;
      answer(Number(main.dataset.run)).then((answered) => { moments = answered; }, reject);
      // What is drawn before a frame's callbacks is in that frame.
      let shown;
      do shown = await frame(); while (!moments || shown.called < moments.drawn);
      const since = (moment) => moment - began;
      resolve({
        first: since(moments.first), drawn: since(moments.drawn), frame: since(shown.start), over: since(shown.end),
      });
    };
    const timer = setTimeout(() => {
      window.removeEventListener("input", onInput, { capture: true });
      resolve(null);
    }, 500);
    // On the window, which hears of it before the page does: the page answers at once.
    window.addEventListener("input", onInput, { capture: true, once: true });
  });
};
