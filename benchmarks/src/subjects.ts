import { fileURLToPath } from "node:url";

/** As SST can bundle a function for Node. */
export type Format = "esm" | "cjs";

/**
 * This project; a bound that no library can beat; a framework, or another peer, written as its own documentation
 * shows; or a handler that the caller has named.
 */
export type Kind = "ours" | "bound" | "framework" | "peer" | "beside";

/** What is measured: one way to write the article's function, in one format. */
export type Subject = {
  readonly name: string;
  readonly kind: Kind;
  /** Under what name its formats count as one, where it comes in several. */
  readonly library: string;
  /** The TypeScript file that exports `handler`. */
  readonly entry: string;
  readonly format: Format;
};

export const OURS = "Lucky Lambda";
export const EMPTY = "empty handler";
export const BY_HAND = "checks by hand";
export const RUST = "Rust, hyper";
export const BESIDE = "beside";

/** The same subject twice: what they differ by is noise. */
export const EMPTY_AGAIN = "empty handler again";

/** A library that starts sooner as CommonJS is there in both formats, and SST's own default is ESM. */
export const subjects: readonly Subject[] = [
  one(EMPTY, "bound", peer("empty")),
  one(EMPTY_AGAIN, "bound", peer("empty")),
  one(BY_HAND, "bound", peer("by-hand")),
  one(OURS, "ours", fileURLToPath(new URL("../../functions/lucky-numbers/src/handler.ts", import.meta.url))),
  ...both("plain handler, zod", "peer", "zod"),
  ...both("middy 7.9, Powertools parser, zod", "framework", "middy"),
  ...both("Powertools 2.35 event handler, zod", "framework", "powertools"),
  ...both("Hono 4.13, zod", "framework", "hono"),
  ...both("serverless-express 5, express 5, zod", "framework", "serverless-express"),
];

function one(name: string, kind: Kind, entry: string): Subject {
  return { name, kind, library: name, entry, format: "cjs" };
}

function both(library: string, kind: Kind, file: string): readonly Subject[] {
  const formats: readonly Format[] = ["cjs", "esm"];
  return formats.map((format) => ({
    name: `${library} (${format})`,
    kind,
    library,
    entry: peer(file),
    format,
  }));
}

function peer(file: string): string {
  return fileURLToPath(new URL(`peers/${file}.ts`, import.meta.url));
}
