import { element } from "./element.ts";

const HOLES = 5;
const greeting = element("greeting", HTMLHeadingElement);
const list = element("balls", HTMLOListElement);

/** Rolls in a ball for each number (1 to 41), one after another. */
export function showBalls(message: string, numbers: readonly number[]): void {
  greeting.textContent = message;
  list.replaceChildren(...numbers.map(toBall));
  list.removeAttribute("aria-hidden");
}

/** Whether no draw is shown. */
export function isEmpty(): boolean {
  return list.hasAttribute("aria-hidden");
}

/** Holes where balls would be, and why there are none. */
export function showNoBalls(message: string): void {
  greeting.textContent = message;
  list.replaceChildren(...Array.from({ length: HOLES }, toHole));
  list.setAttribute("aria-hidden", "true");
}

function toBall(number: number, place: number): HTMLLIElement {
  const ball = document.createElement("li");
  ball.className = `ball ball-tens-${Math.min(Math.floor((number - 1) / 10), 3)}`;
  setPlace(ball, place);
  const label = document.createElement("span");
  label.textContent = String(number);
  ball.append(label);
  return ball;
}

function toHole(_: unknown, place: number): HTMLLIElement {
  const hole = document.createElement("li");
  hole.className = "hole";
  setPlace(hole, place);
  return hole;
}

/** For the style sheet, so that each moves a little after the one before. The policy allows no style attribute. */
function setPlace(item: HTMLElement, place: number): void {
  item.style.setProperty("--place", String(place));
}
