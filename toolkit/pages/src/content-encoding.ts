import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type ContentEncoding = "br" | "gzip";

/** In the order in which CloudFront prefers them. */
const ENCODINGS: readonly ContentEncoding[] = ["br", "gzip"];
const TEXT = /^(?:text\/|image\/svg\+xml)/;
/** What is smaller is not worth it, and CloudFront sends it as it is. */
const SMALLEST = 1_000;

const compressed = new WeakMap<Buffer, Map<ContentEncoding, Promise<Buffer>>>();

/** Whether a file comes compressed to whoever takes it so. */
export function isCompressible(contentType: string, body: Buffer): boolean {
  return TEXT.test(contentType) && body.length >= SMALLEST;
}

/** The best encoding that an Accept-Encoding field takes, if any: RFC 9110, 12.5.3. */
export function chooseEncoding(field = ""): ContentEncoding | undefined {
  const weights = new Map(field.split(",").map(toWeight));
  const weightOf = (encoding: ContentEncoding) => weights.get(encoding) ?? weights.get("*") ?? 0;
  const [best] = ENCODINGS.filter((encoding) => weightOf(encoding) > 0).sort(
    (one, other) => weightOf(other) - weightOf(one),
  );
  return best;
}

/** Compresses a file at most once per encoding, and aside from the thread that serves. */
export function compress(body: Buffer, encoding: ContentEncoding): Promise<Buffer> {
  const known = compressed.get(body) ?? new Map<ContentEncoding, Promise<Buffer>>();
  const result = known.get(encoding) ?? COMPRESS[encoding](body);
  compressed.set(body, known.set(encoding, result));
  return result;
}

const COMPRESS = {
  // 11, the default, takes 70 times as long for the reference's library and saves an eighth.
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body: Buffer) => promisify(gzip)(body),
};

function toWeight(item: string): [name: string, weight: number] {
  const [name = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return [name, weight === undefined ? 1 : Number(weight) || 0];
}
