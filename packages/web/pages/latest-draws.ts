import { sentenceOn } from "./advice.ts";
import type { Wish } from "./draw.ts";
import { element } from "./element.ts";
import { clearFieldProblems, showFieldProblems } from "./field-problems.ts";
import { toItem } from "./kept-draw-item.ts";
import { type KeptDraw, keep, readLatest } from "./kept-draws.ts";
import { visible } from "./shown-text.ts";

const PAGE = 5;
/** As many as the API gives at once. */
const MOST = 100;
const section = element("latest", HTMLElement);
const list = element("latest-list", HTMLOListElement);
const more = element("latest-more", HTMLButtonElement);
const keepOne = element("latest-keep", HTMLButtonElement);
const status = element("latest-status", HTMLParagraphElement);
const shown = new Set<string>();
let cursor: string | undefined;
let unanswered: { readonly key: string; readonly wish: string } | undefined;

/**
 * The draws that were kept, as many as a reader has seen before, and a way to keep one. The section stays away where the
 * API knows no such draws.
 */
export async function showLatest(
  form: HTMLFormElement,
  wish: () => Wish,
  seen: number,
  onChange: () => void,
): Promise<void> {
  onPress(more, "Loading…", async () => {
    await showMore(PAGE);
    onChange();
  });
  onPress(keepOne, "Keeping…", async () => {
    await keepAnother(form, wish());
    onChange();
  });
  await showMore(Math.min(Math.max(seen, PAGE), MOST));
}

export function countShown(): number {
  return shown.size;
}

async function showMore(limit: number): Promise<void> {
  const page = await readLatest(limit, cursor);
  if (page.kind !== "page") {
    if (page.kind === "problem" && page.problem.status === 404 && section.hidden) return;
    section.hidden = false;
    more.hidden = false;
    more.textContent = "Try again";
    status.textContent = sentenceOn(page, "press Try again");
    return;
  }
  const items = page.draws.slice(0, limit).filter(takeUp).map(toItem);
  list.append(...items);
  cursor = page.cursor;
  more.textContent = "More";
  status.textContent = shown.size === 0 ? "No draw is kept just now. Yours can be the first." : "";
  if (document.activeElement === more) items[0]?.focus();
  more.hidden = cursor === undefined || items.length === 0; // who gives the same again has no more
  section.hidden = false;
}

async function keepAnother(form: HTMLFormElement, wish: Wish): Promise<void> {
  status.textContent = "";
  clearFieldProblems(form);
  const outcome = await keep(wish, keyOf(wish));
  if (outcome.kind === "kept") {
    const { draw } = outcome;
    unanswered = undefined;
    if (takeUp(draw)) list.prepend(toItem(draw));
    status.textContent = `Kept. ${visible(draw.message)} ${draw.numbers.join(", ")}`;
    return;
  }
  const errors = outcome.kind === "problem" ? (outcome.problem.errors ?? []) : [];
  const elsewhere = showFieldProblems(form, errors);
  const isInForm = elsewhere.length < errors.length;
  status.textContent = isInForm
    ? "Nothing is kept: correct what the form says above."
    : sentenceOn(outcome, "press Keep again", elsewhere);
}

/** The same until there is an answer: whoever asks again, as after a timeout, keeps one draw and not two. */
function keyOf(wanted: Wish): string {
  const wish = JSON.stringify(wanted);
  if (unanswered?.wish !== wish)
    unanswered = { key: crypto.getRandomValues(new Uint32Array(4)).join("-"), wish };
  return unanswered.key;
}

/** Whether it is in the list for the first time. */
function takeUp({ id }: KeptDraw): boolean {
  const isThere = shown.has(id);
  shown.add(id);
  return !isThere;
}

/** One at a time: neither a double click nor an impatient one is a second wish. */
function onPress(button: HTMLButtonElement, busy: string, act: () => Promise<void>): void {
  button.addEventListener("click", async ({ detail }) => {
    if (detail > 1 || button.hasAttribute("aria-disabled")) return;
    const label = button.textContent;
    button.setAttribute("aria-disabled", "true"); // `disabled` would lose the focus
    button.textContent = busy;
    try {
      await act();
    } finally {
      if (button.textContent === busy) button.textContent = label;
      button.removeAttribute("aria-disabled");
    }
  });
}
