import type { Contract } from "@lucky/gateway/contract";
import { exampleBody, exampleHeaders } from "@lucky/gateway/examples";
import { exampleUrl } from "@lucky/gateway/url";
import type { RequestOptions } from "./event-options.ts";

/** The request as it was asked for; of what was not said, what the contract's examples say. */
export async function withExamples(contract: Contract, given: RequestOptions): Promise<RequestOptions> {
  const [path = "/", query] = exampleUrl(contract, "").split("?");
  const { body, type } = await exampleBody(contract);
  const named = new Set(given.header?.map((field) => field.split(":")[0]?.trim().toLowerCase()));
  const headers = Object.entries({ ...exampleHeaders(contract), ...(type && { "content-type": type }) });
  const added = headers.filter(([name]) => !named.has(name));
  return {
    path,
    ...(query && !given.path?.includes("?") && { query }),
    ...(body !== undefined && { body }),
    ...given,
    header: [...added.map((field) => field.join(": ")), ...(given.header ?? [])],
  };
}
