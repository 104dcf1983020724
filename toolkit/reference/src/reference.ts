/**
 * Shows the reference of an API in that element of a page, to read and to try. `documentUrl`: its OpenAPI document. What the
 * element has in the HTML is there at once, and stays until the library has come: 400 KB, compressed. The page's `<html>`
 * needs the attribute `data-images`, because the style sheet has some.
 *
 *     <div id="reference"><main><h1>API reference</h1><p>Loading…</p></main></div>
 */
export async function showReference(element: HTMLElement, documentUrl: string): Promise<void> {
  const loaded = await import("./swagger-ui.ts").catch(() => undefined); // the browser's console says why
  if (loaded) loaded.startSwaggerUi(element, documentUrl);
  else showFailure(element, documentUrl);
}

function showFailure(element: HTMLElement, documentUrl: string): void {
  const link = document.createElement("a");
  link.href = documentUrl;
  link.textContent = "OpenAPI document";
  const text = document.createElement("p");
  text.setAttribute("role", "alert");
  text.append(
    "The reference cannot be loaded. Check that you are online, then reload this page. What it shows is in the API's ",
    link,
    ".",
  );
  const main = document.createElement("main");
  main.append(text);
  element.replaceChildren(main);
}
