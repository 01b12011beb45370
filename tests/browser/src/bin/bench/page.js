// Drags a slider, a position at a time, and measures each step from its input event, in milliseconds:
// `first`: a picture of the new setting is drawn; `drawn`: the last one is; `shown`: the frame with it is over.
window.drag = async (selector, numSteps) => {
  const main = document.querySelector("main[data-run]");
  const slider = document.querySelector(selector);
  const last = Number(slider.max);
  let direction = 1;

  const answer = (runBefore) => new Promise((resolve, reject) => {
    let first;
    const observer = new MutationObserver(() => {
      const { run, state } = main.dataset;
      if (Number(run) <= runBefore || state === "asked") return;
      const now = performance.now();
      first ??= now;
      if (state === "running") return;
      observer.disconnect();
      if (state === "settled") resolve({ first, drawn: now });
      else reject(new Error(`the run is ${state}`));
    });
    observer.observe(main, { attributes: true });
  });
  // A message posted in a frame's callback is heard after the frame's paint.
  const frame = () => new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(null);
    });
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
