import type { Ringing } from "./alarms.ts";
import type { Version } from "./version.ts";

/** A version that is to be live, in its checkout, and what was true before it. */
export type Candidate = {
  readonly version: Version;
  readonly folder: string;
  /** The version that was released last and held. */
  readonly previous: Version | undefined;
  readonly ringing: Ringing;
  /** Percents of the requests that get it, one after the other, before all do. */
  readonly steps: readonly number[];
};
