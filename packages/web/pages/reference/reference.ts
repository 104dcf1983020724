import { openapi } from "@lucky/api/openapi";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { apiUrl } from "../api-url.ts";
import { nameControls } from "./control-names.ts";
import "swagger-ui-dist/swagger-ui.css";
import "./reference.css";

const root = document.getElementById("reference");

// Its dark colours hang on a class, and so follow what the reader prefers only if told.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUI({
  domNode: root,
  url: apiUrl + openapi.path,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  syntaxHighlight: { theme: "tomorrow-night" }, // of its themes one with enough contrast
  validatorUrl: null, // asks no other host
  // A link inside the button that opens an operation confuses screen readers; the button does what the link would.
  plugins: [{ components: { DeepLink: ({ text }) => text } }],
});
if (root) nameControls(root);
