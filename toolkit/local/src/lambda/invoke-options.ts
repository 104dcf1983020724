/** What comes with an event, besides. */
export type InvokeOptions = {
  /** A new one unless given. */
  readonly requestId?: string | undefined;
  /** JSON, which the function has as its context's clientContext. */
  readonly clientContext?: string | undefined;
};

/** Why Lambda does not take an event. */
export type Rejection = "throttled" | "event-too-large";

/** Of an event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_EVENT_BYTES = 6 * 1024 * 1024;
