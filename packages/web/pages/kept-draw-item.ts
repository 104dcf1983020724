import type { KeptDraw } from "./kept-draws.ts";
import { shorten, visible } from "./shown-text.ts";

/** In characters: more than a name of 256 emoji needs. */
const LONGEST_MESSAGE = 1_000;
const TIME = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** A kept draw as people read it. Its name is somebody else's: it turns nothing around that stands beside it. */
export function toItem({ message, numbers, drawnAt }: KeptDraw): HTMLLIElement {
  const time = document.createElement("time");
  time.dateTime = drawnAt;
  time.textContent = TIME.format(new Date(drawnAt));
  const greeting = document.createElement("bdi");
  greeting.textContent = visible(shorten(message, LONGEST_MESSAGE));
  const drawn = document.createElement("b");
  drawn.textContent = numbers.join(", ");
  const item = document.createElement("li");
  item.tabIndex = -1; // who asks for more is led to the first of them
  item.append(time, " ", greeting, " ", drawn);
  return item;
}
