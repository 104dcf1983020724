import { openapi } from "@lucky/api/openapi";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { apiUrl } from "../api-url.ts";
import "swagger-ui-dist/swagger-ui.css";
import "./reference.css";

// Its dark colours hang on a class, and so follow what the reader prefers only if told.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUI({
  domNode: document.getElementById("reference"),
  url: apiUrl + openapi.path,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  validatorUrl: null, // asks no other host
});
