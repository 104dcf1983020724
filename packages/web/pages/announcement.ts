import { element } from "./element.ts";

const region = element("announcement", HTMLParagraphElement);

/** Has a screen reader say it once, also where it said the same before. */
export function announce(text: string): void {
  const sentence = document.createElement("span");
  sentence.textContent = text;
  region.replaceChildren(sentence);
}
