import { fileURLToPath } from "node:url";
import { findFunction } from "@lucky/local/workspace";

/** As SST can bundle a function for Node. */
export type Format = "esm" | "cjs";

/** What is measured: one way to write the article's function, in one format. */
export type Subject = {
  readonly name: string;
  /** This project; a bound that no library can beat; or a peer, written as its own documentation shows. */
  readonly kind: "ours" | "bound" | "peer";
  /** The TypeScript file that exports `handler`. */
  readonly entry: string;
  readonly format: Format;
};

export const OURS = "Lucky Lambda";
export const EMPTY = "empty handler";
export const BY_HAND = "checks by hand";

/** The same subject twice: what they differ by is noise. */
export const EMPTY_AGAIN = "empty handler again";

/** A library that starts sooner as CommonJS is there in both formats, and SST's own default is ESM. */
export const subjects: readonly Subject[] = [
  { name: EMPTY, kind: "bound", entry: peer("empty"), format: "cjs" },
  { name: EMPTY_AGAIN, kind: "bound", entry: peer("empty"), format: "cjs" },
  { name: BY_HAND, kind: "bound", entry: peer("by-hand"), format: "cjs" },
  { name: OURS, kind: "ours", entry: findFunction("lucky-numbers").entry, format: "cjs" },
  ...both("plain handler, zod", "zod"),
  ...both("middy 7.9, Powertools parser, zod", "middy"),
  ...both("Powertools 2.35 event handler, zod", "powertools"),
  ...both("Hono 4.13, zod", "hono"),
  ...both("serverless-express 5, express 5, zod", "serverless-express"),
];

function both(name: string, file: string): readonly Subject[] {
  const formats: readonly Format[] = ["cjs", "esm"];
  return formats.map((format) => ({
    name: `${name} (${format})`,
    kind: "peer",
    entry: peer(file),
    format,
  }));
}

function peer(file: string): string {
  return fileURLToPath(new URL(`peers/${file}.ts`, import.meta.url));
}
