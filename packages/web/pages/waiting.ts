import { isEmpty, showNoBalls } from "./balls.ts";
import { element } from "./element.ts";

/** Whoever gets an answer sooner needs no word. */
const PATIENCE_MS = 1_000;
const TURNING = "The drum is turning…";
const text = element("waiting-text", HTMLParagraphElement);
const stop = element("stop", HTMLButtonElement);
const submit = element("submit", HTMLButtonElement);

/** Tells that there is something to wait for, and lets the reader stop: then the signal aborts. */
export function startWaiting(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stopWaiting = () => {
    submit.focus(); // the button that has it goes
    controller.abort();
  };
  const label = submit.textContent;
  submit.textContent = "Drawing…";
  stop.addEventListener("click", stopWaiting);
  if (isEmpty()) showNoBalls(TURNING); // what stands there may say to press Draw
  const timer = setTimeout(() => {
    stop.hidden = false;
    showNoBalls(TURNING);
    text.textContent = "Still drawing: the API takes its time. You can wait, or stop.";
  }, PATIENCE_MS);
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      stop.removeEventListener("click", stopWaiting);
      submit.textContent = label;
      text.textContent = "";
      stop.hidden = true;
    },
  };
}
