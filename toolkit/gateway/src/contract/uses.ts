/**
 * A resource with the right that a function has to it. What resources there are, and what a function gets of each, is said
 * where they are declared; the gateway carries it. `Handle` is what the function gets: a type alone, for contracts are data.
 */
export type Use<Handle = unknown> = {
  readonly resource: { readonly kind: string; readonly name: string };
  readonly right: string;
  /** Never there: it carries the type. */
  readonly handle?: Handle;
};

/** By the name under which the function gets each. */
export type Uses = Readonly<Record<string, Use>>;

/** What a function of that contract gets besides the parts of the request. */
export type Handles<C> = C extends { readonly uses: infer U extends Uses }
  ? { readonly [Name in keyof U]: U[Name] extends Use<infer Handle> ? Handle : never }
  : unknown;

/** Nothing of what a contract uses: only the `lambda` of @lucky/resources gives it, and with another its use does not compile. */
export type Unconnected<C> = C extends { readonly uses: infer U }
  ? { readonly [Name in keyof U]: undefined }
  : unknown;

/** What a call has by itself, so that nothing that is used may be called so. */
export const CALL_PARTS = [
  "params",
  "query",
  "headers",
  "cookies",
  "body",
  "request",
  "context",
  "deadline",
  "addToLog",
] as const;
