import type { FieldProblem } from "@lucky/gateway/problem";
import type { Advice } from "./advice.ts";
import { element } from "./element.ts";

const panel = element("problem", HTMLDivElement);

/** What concerns no field of the form, in the one place for it. A screen reader says it at once. */
export function showProblem({ title, action }: Advice, errors: readonly FieldProblem[]): void {
  const text = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  text.append(strong, ` ${action}`);
  const list = document.createElement("ul");
  for (const { pointer, detail } of errors) {
    const item = document.createElement("li");
    item.textContent = `${pointer}: ${detail}`;
    list.append(item);
  }
  panel.replaceChildren(text, ...(errors.length > 0 ? [list] : []));
}

export function clearProblem(): void {
  panel.replaceChildren();
}
