import { api } from "@acme/contracts";
import type { Contract } from "@lucky/gateway/contract";
import { camelCase } from "@lucky/gateway/name";
import { tagOf } from "@lucky/gateway/tags";
import { element } from "./element.ts";

/** The whole API as its registry has it, each endpoint with a link to its place in the reference. */
export function listContracts(): void {
  const contracts: [string, Contract][] = Object.entries(api);
  element("contracts", HTMLUListElement).replaceChildren(...contracts.map(toItem));
}

function toItem([name, contract]: [string, Contract]): HTMLLIElement {
  const { method, path, summary } = contract;
  const link = document.createElement("a");
  link.href = `/reference/#/${encodeURIComponent(tagOf(contract))}/${camelCase(name)}`; // as Swagger UI names the operation
  link.append(
    part("span", "method", method),
    " ",
    part("code", "path", path),
    " ",
    part("span", "summary", summary),
  );
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function part(tag: "span" | "code", className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
