import type { Contract } from "@lucky/gateway/contract";
import { exampleHeaders } from "@lucky/gateway/examples";
import { exampleUrl } from "@lucky/gateway/url";
import type { RequestOptions } from "./event-options.ts";

/** The request as it was asked for; of what was not said, what the contract's examples say. */
export async function withExamples(contract: Contract, given: RequestOptions): Promise<RequestOptions> {
  const [path = "/", query] = exampleUrl(contract, "").split("?");
  const { body, type } = await sentExample(contract);
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

/** The body's example as it is sent; of a form with the type that says how its parts are told from each other. */
async function sentExample({
  body,
  example,
}: Contract): Promise<{ body?: string | Uint8Array; type?: string | null }> {
  if (body === undefined) return {};
  if (body.media === undefined) return { body: JSON.stringify(example) };
  const form = body.media.encode?.(example);
  if (form === undefined) return { body: example as string | Uint8Array }; // as its media has it
  const sent = new Response(form);
  return { body: await sent.bytes(), type: sent.headers.get("content-type") };
}
