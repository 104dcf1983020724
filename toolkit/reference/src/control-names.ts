/** What Swagger UI 5.35 gives no name. */
const NAMES = {
  "#servers": "Server",
  ".body-param__text": "Request body",
  ".examples-select-element": "Example",
  // These two are outside its <main>, so they become landmarks of their own.
  ".information-container": "About the API",
  ".scheme-container": "Where the API is",
};

/** Names them for screen readers, now and whenever they appear. */
export function nameControls(root: Element): void {
  const observer = new MutationObserver(() => {
    for (const [selector, name] of Object.entries(NAMES)) {
      for (const control of root.querySelectorAll(`${selector}:not([aria-label])`)) {
        control.setAttribute("aria-label", name);
        if (control instanceof HTMLDivElement) control.setAttribute("role", "region");
      }
    }
  });
  observer.observe(root, { childList: true, subtree: true });
}
