import type { Contract } from "@lucky/gateway/contract";
import type { Request } from "@lucky/gateway/request";
import { builtin } from "../aws/builtin.ts";

/** Which request it is: the same id for the same caller's key on one route, and the same fingerprint where it asks the same. */
export function identify(
  { method, path: route }: Contract,
  { path, rawQuery, contentType, body }: Request,
  caller: string,
  key: string,
): { readonly id: string; readonly fingerprint: string } {
  return {
    id: hash([method, route, caller, key]),
    fingerprint: hash([path, rawQuery, contentType, body]),
  };
}

/** Of a list as JSON, where no two lists look alike; keys and credentials are not to be read in a table. */
function hash(parts: readonly (string | undefined)[]): string {
  return builtin("node:crypto").createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
