import type { Compress } from "./compress.ts";

/** As much of Node as it takes: contracts are read where its types are not, and bundled for pages, which never call it. */
declare const process: {
  getBuiltinModule(name: "node:zlib"): { gzipSync(text: string): { toString(encoding: "base64"): string } };
};

/** Below this, what is saved is not worth what it takes. */
const FEWEST_CHARACTERS = 1024;

/**
 * For the `compress` of a contract: its replies of JSON or text are sent in gzip, which every client takes that takes any
 * coding, where the caller accepts it and they have a kilobyte or more.
 */
export const gzip: Compress = (reply, request) => {
  const { headers, body, isBase64Encoded } = reply;
  if (isBase64Encoded || headers["content-encoding"] !== undefined) return reply;
  const varying = { ...reply, headers: { ...headers, vary: withEncoding(headers.vary) } };
  const isTiny = body.length < FEWEST_CHARACTERS;
  if (isTiny || !prefersGzip(request.headers?.["accept-encoding"] ?? "")) return varying;
  const { gzipSync } = process.getBuiltinModule("node:zlib");
  return {
    ...varying,
    headers: { ...varying.headers, "content-encoding": "gzip" },
    body: gzipSync(body).toString("base64"),
    isBase64Encoded: true,
  };
};

/** What a cache must know a reply varies by, so that nobody gets a coding that was for another. */
function withEncoding(vary = ""): string {
  if (/(?:^|,)\s*(?:\*|accept-encoding)\s*(?:,|$)/i.test(vary)) return vary;
  return vary ? `${vary}, accept-encoding` : "accept-encoding";
}

/** RFC 9110, section 12.5.3: by weight, where 0 is a refusal and `*` is any coding that is not named. */
function prefersGzip(accepted: string): boolean {
  const weights = new Map<string, number>();
  for (const coding of accepted.toLowerCase().split(",")) {
    const [name = "", ...parameters] = coding.split(";").map((text) => text.trim());
    const [weight = "1"] = parameters.flatMap((text) => /^q=(.*)/.exec(text)?.slice(1) ?? []);
    weights.set(name, Number(weight));
  }
  const weight = weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0;
  return weight > 0 && weight >= (weights.get("identity") ?? 0);
}
