import { openapi } from "@acme/contracts/openapi";
import { showReference } from "@lucky/reference";
import { apiUrl } from "../api-url.ts";
import { element } from "../element.ts";

await showReference(element("reference", HTMLDivElement), apiUrl + openapi.path);
