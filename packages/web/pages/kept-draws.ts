import { keepDraw } from "@acme/contracts/keep-draw";
import { listDraws } from "@acme/contracts/list-draws";
import { createClient } from "@lucky/gateway/client";
import type { Output } from "@lucky/gateway/schema";
import { apiUrl } from "./api-url.ts";
import type { Wish } from "./draw.ts";
import { type Failure, kindOf, TIMEOUT_MS, toFailure } from "./failure.ts";

export type DrawsPage = { readonly kind: "page" } & Output<typeof listDraws.reply>;
export type KeptDraw = Output<(typeof keepDraw.reply)[201]>;
export type Kept = { readonly kind: "kept"; readonly draw: KeptDraw };

const client = createClient({ "keep-draw": keepDraw, "list-draws": listDraws }, apiUrl, {
  timeoutMs: TIMEOUT_MS,
});

/** The latest draws that were kept, before that cursor where there is one. */
export async function readLatest(limit: number, cursor: string | undefined): Promise<DrawsPage | Failure> {
  try {
    const reply = await client.listDraws({ query: { limit: String(limit), ...(cursor && { cursor }) } });
    if (!reply.ok) return toFailure(reply);
    const page = await listDraws.reply["~standard"].validate(reply.body);
    return page.issues ? { kind: "outdated" } : { kind: "page", ...page.value };
  } catch (error) {
    return { kind: kindOf(error) };
  }
}

/** Draws anew and keeps it: once for each key, however often it is asked. */
export async function keep({ name, count }: Wish, key: string): Promise<Kept | Failure> {
  const body = { name, count: count as number }; // untrue at times, on purpose: the reply then says what is wrong
  try {
    const reply = await client.keepDraw({ body, headers: { "idempotency-key": key } });
    if (!reply.ok) return toFailure(reply);
    const draw = await keepDraw.reply[201]["~standard"].validate(reply.body);
    return draw.issues ? { kind: "outdated" } : { kind: "kept", draw: draw.value };
  } catch (error) {
    return { kind: kindOf(error) };
  }
}
