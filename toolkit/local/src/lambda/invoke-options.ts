/** What comes with an event, besides. */
export type InvokeOptions = {
  /** A new one unless given. */
  readonly requestId?: string | undefined;
  /** JSON, which the function has as its context's clientContext. */
  readonly clientContext?: string | undefined;
};

/** Why Lambda does not take an event. */
export type Rejection = "throttled" | "event-too-large";
