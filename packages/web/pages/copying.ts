import { announce } from "./announcement.ts";
import { element } from "./element.ts";

const THANKS_MS = 2_000;

/** Each button copies the text of the element that it names. */
export function enableCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
    const source = element(button.dataset.copies ?? "", HTMLElement);
    button.addEventListener("click", async () => {
      const hasCopied = await copy(source);
      button.textContent = hasCopied ? "Copied" : "Selected";
      announce(hasCopied ? "Copied" : "Selected: copy it with the keyboard.");
      setTimeout(() => {
        button.textContent = "Copy";
      }, THANKS_MS);
    });
  }
}

/** Where a browser gives no access to the clipboard, as over plain HTTP, the text is selected instead. */
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}
