import type { Contract } from "./contract.ts";

/** What tells a route from others, such as `GET /draws/{}` or `GET /files/{+}`: the names of parameters do not. */
export function routeShape({ method, path }: Pick<Contract, "method" | "path">): string {
  return `${method} ${path.replaceAll(/\{[^}+]+(\+?)\}/g, "{$1}")}`;
}
