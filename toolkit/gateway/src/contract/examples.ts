import type { Contract, Examples } from "./contract.ts";
import { keyOf } from "./issue-key.ts";
import type { Schema } from "./schema.ts";
import { exampleParams, exampleUrl } from "./url.ts";
import { validateNow } from "./validate-now.ts";

/**
 * Why the curl command that is made of a contract's examples would be refused, in a sentence; undefined where all work. A
 * part that may be empty needs no example. Nothing is said of a schema that takes its time.
 *
 *     findExampleMistake({ search })
 *     // "The contract search needs examples.query that its schema takes. q: This field is required."
 */
export function findExampleMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  for (const [name, contract] of Object.entries(contracts)) {
    for (const [part, value] of Object.entries(sentParts(contract))) {
      const wrong = refusalOf(contract[part as keyof Examples], value); // it has no others
      if (wrong) return `The contract ${name} needs examples.${part} that its schema takes. ${wrong}`;
    }
    const body = sentBody(contract);
    const wrong = body === UNSENDABLE ? "JSON cannot say it." : refusalOf(contract.body, body);
    if (wrong || (contract.body && body === undefined))
      return `The contract ${name} needs an example that its body takes. ${wrong ?? "It has none."}`;
    const odd = oddHeader(contract);
    if (odd) return `The contract ${name} needs other examples: no header can be ${odd}.`;
    try {
      exampleUrl(contract, "");
    } catch (error) {
      return `The contract ${name} needs other examples.params: ${String(error)}`;
    }
  }
  return undefined;
}

/** The headers of a request with the contract's examples. */
export function exampleHeaders({
  body,
  examples: { headers, cookies } = {},
}: Contract): Record<string, string> {
  const pairs = Object.entries(cookies ?? {}).map((pair) => pair.join("="));
  return {
    ...(body && { "content-type": body.media?.type ?? "application/json" }),
    ...headers,
    ...(pairs.length > 0 && { cookie: pairs.join("; ") }),
  };
}

/** The body's example as it is sent; of a form with the content type that says how its parts are told from each other. */
export async function exampleBody({
  body,
  example,
}: Contract): Promise<{ readonly body?: string | Uint8Array; readonly type?: string | null }> {
  if (body === undefined) return {};
  if (body.media === undefined) return { body: JSON.stringify(example) };
  const form = body.media.encode?.(example);
  if (form === undefined) return { body: example as string | Uint8Array }; // as its media has it
  const sent = new Response(form);
  return { body: new Uint8Array(await sent.arrayBuffer()), type: sent.headers.get("content-type") };
}

/** What arrives of the examples, and what curl adds to them. */
function sentParts(contract: Contract): Readonly<Record<keyof Examples, unknown>> {
  const { query = {}, cookies = {} } = contract.examples ?? {};
  const ofCurl = { host: "localhost", "user-agent": "curl", accept: "*/*" };
  return {
    params: exampleParams(contract),
    query: Object.fromEntries(Object.entries(query).filter(([, value]) => value.length > 0 || value === "")),
    headers: { ...ofCurl, ...exampleHeaders(contract) },
    cookies,
  };
}

const UNSENDABLE = Symbol();

/** The body's example after JSON, which drops what is undefined and makes text of a Date. */
function sentBody({ body, example }: Contract): unknown {
  if (!body || body.media || example === undefined) return example;
  try {
    return JSON.parse(JSON.stringify(example));
  } catch {
    return UNSENDABLE;
  }
}

/** The first header that HTTP would change: one that is empty, has spaces around it, or more than printable ASCII. */
function oddHeader(contract: Contract): string | undefined {
  const { cookies = {} } = contract.examples ?? {};
  const odd =
    Object.entries(exampleHeaders(contract)).find(([, value]) => !/^[!-~](?:[ -~]*[!-~])?$/.test(value)) ??
    Object.entries(cookies).find(([, value]) => !/^[!-:<-~]*$/.test(value));
  return odd && JSON.stringify(odd.join(": "));
}

function refusalOf(schema: Schema | undefined, value: unknown): string | undefined {
  try {
    const issues = schema && validateNow(schema, value)?.issues;
    if (issues === undefined) return undefined;
    const [{ path = [], message } = { message: "" }] = issues;
    return [...path.map(keyOf), message].join(": ");
  } catch (error) {
    return `It throws: ${String(error)}`;
  }
}
