import type { FieldProblem } from "@lucky/gateway/problem";
import { toWords } from "./advice.ts";

/** Where the API gives no reason. */
const UNSAID = "The API does not take this value.";

/**
 * Shows each beside the field of the body that it points to, and moves the focus to the first of them. Gives those that
 * concern no field of the form.
 */
export function showFieldProblems(
  form: HTMLFormElement,
  errors: readonly FieldProblem[],
): readonly FieldProblem[] {
  const elsewhere = errors.filter((error) => {
    const field = fieldOf(form, error);
    if (field === undefined) return true;
    const place = placeOf(field);
    place.textContent = [place.textContent, toWords(error.detail) ?? UNSAID].filter(Boolean).join(" ");
    field.setAttribute("aria-invalid", "true");
    return false;
  });
  form.querySelector<HTMLInputElement>("[aria-invalid=true]")?.focus();
  return elsewhere;
}

export function clearFieldProblems(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll("input")) {
    field.removeAttribute("aria-invalid");
    placeOf(field).textContent = "";
  }
}

/** The input whose name the pointer says: RFC 6901, as a URI fragment. */
function fieldOf(form: HTMLFormElement, { in: part, pointer }: FieldProblem): HTMLInputElement | undefined {
  if (part !== undefined || !pointer.startsWith("#/")) return undefined;
  const name = decode(pointer.slice(2)).replaceAll("~1", "/").replaceAll("~0", "~");
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where the field's problem is told: what describes it, first of all. */
function placeOf(field: HTMLInputElement): Element {
  const [id = ""] = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const place = document.getElementById(id);
  if (place === null) throw new Error(`the field ${field.name} has no place for its problem`);
  return place;
}
