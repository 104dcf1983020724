/// <reference path="./swagger-ui-dist.d.ts" />
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { nameControls } from "./control-names.ts";
import "swagger-ui-dist/swagger-ui.css";
import "./reference.css";

/**
 * Shows the reference of an API in that element of a page, to read and to try. `documentUrl`: its OpenAPI document. The
 * page's `<html>` needs the attribute `data-images`, because the style sheet has some.
 */
export function showReference(element: HTMLElement, documentUrl: string): void {
  // Its dark colours hang on a class, and so follow what the reader prefers only if told.
  const dark = matchMedia("screen and (prefers-color-scheme: dark)"); // paper is light
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();

  SwaggerUI({
    domNode: element,
    url: documentUrl,
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    syntaxHighlight: { theme: "tomorrow-night" }, // of its themes one with enough contrast
    validatorUrl: null, // asks no other host
    // A link inside the button that opens an operation confuses screen readers; the button does what the link would.
    plugins: [{ components: { DeepLink: ({ text }) => text } }],
  });
  nameControls(element);
}
