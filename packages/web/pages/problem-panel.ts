import type { FieldProblem } from "@lucky/gateway/problem";
import { type Advice, toWords } from "./advice.ts";
import { element } from "./element.ts";

const MOST_ERRORS = 10;

const panel = element("problem", HTMLDivElement);

/** What concerns no field of the form, in the one place for it. A screen reader says it at once. */
export function showProblem({ title, action }: Advice, errors: readonly FieldProblem[]): void {
  const text = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  text.append(strong, ` ${action}`);
  const list = document.createElement("ul");
  const lines = errors
    .slice(0, MOST_ERRORS)
    .map(({ pointer, detail }) => [toWords(pointer), toWords(detail)].filter(Boolean).join(": "));
  if (errors.length > MOST_ERRORS) lines.push(`and ${errors.length - MOST_ERRORS} more`);
  for (const line of lines) {
    const item = document.createElement("li");
    item.textContent = line;
    list.append(item);
  }
  panel.replaceChildren(text, ...(errors.length > 0 ? [list] : []));
}

export function clearProblem(): void {
  panel.replaceChildren();
}
