// Drags a slider, a position at a time, and measures each step from its input event, in milliseconds:
// `first`: a picture of the new setting is drawn; `drawn`: the last one is; `shown`: the frame with it is over.
// A step ends when the desk says that its run has settled; `data-state` may still be of the run before.
window.drag = async (selector, numSteps) => {
  const main = document.querySelector("main[data-run]");
  const slider = document.querySelector(selector);
  const last = Number(slider.max);
  let direction = 1;

  // A message to oneself is heard after the present task, and after the paint of a present frame.
  const afterTask = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  };
  const frame = () => new Promise((resolve) => {
    requestAnimationFrame(() => afterTask(() => resolve(performance.now())));
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

  const steps = [];
  for (let i = 0; i < numSteps; i++) {
    const position = Number(slider.value);
    if (position + direction < 0 || position + direction > last) direction = -direction;
    const answered = answer(Number(main.dataset.run));
    const began = performance.now();
    slider.value = String(position + direction);
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const { first, drawn } = await answered;
    const shown = await frame();
    steps.push({ first: first - began, drawn: drawn - began, shown: shown - began });
    // Some 20 ms, so that the next step starts at no fixed moment of a frame.
    await new Promise((resolve) => setTimeout(resolve, 12 + (7 * i) % 17));
  }
  return steps;
};
