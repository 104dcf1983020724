import type { Contract } from "@lucky/gateway/contract";
import type { Method } from "./route.ts";

/** A function to be. */
export type Draft = {
  readonly name: string;
  readonly method: Method;
  readonly path: Contract["path"];
  /** The names of the path's parameters. */
  readonly params: readonly string[];
  readonly hasBody: boolean;
  readonly summary: string;
};
