/// <reference path="./swagger-ui-dist.d.ts" />
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { nameControls } from "./control-names.ts";
import "swagger-ui-dist/swagger-ui.css";
import "./reference.css";

/** Puts Swagger UI in place of what the element has. Apart from reference.ts, as it is large. */
export function startSwaggerUi(element: HTMLElement, documentUrl: string): void {
  // Its dark colours hang on a class, and so follow what the reader prefers only if told. Paper is light.
  const dark = matchMedia("screen and (prefers-color-scheme: dark)");
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
