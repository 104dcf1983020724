import type { Contract } from "@lucky/gateway/contract";
import { exampleHeaders } from "@lucky/gateway/examples";
import { exampleUrl } from "@lucky/gateway/url";
import type { RequestOptions } from "./event-options.ts";

/** The request as it was asked for; of what was not said, what the contract's examples say. */
export function withExamples(contract: Contract, given: RequestOptions): RequestOptions {
  const { body, example } = contract;
  const [path = "/", query] = exampleUrl(contract, "").split("?");
  const named = new Set(given.header?.map((field) => field.split(":")[0]?.trim().toLowerCase()));
  const headers = Object.entries(exampleHeaders(contract)).filter(([name]) => !named.has(name));
  return {
    path,
    ...(query && !given.path?.includes("?") && { query }),
    ...(body && { body: body.media ? (example as string | Uint8Array) : JSON.stringify(example) }), // as its media has it
    ...given,
    header: [...headers.map((field) => field.join(": ")), ...(given.header ?? [])],
  };
}
