import type { Input, Output, Schema } from "@lucky/gateway/schema";

// biome-ignore lint/suspicious/noExplicitAny: of whatever value
export type Setting<S extends Schema<any, any> = Schema<any, any>> = {
  readonly kind: "setting";
  /** In lower case with dashes. */
  readonly name: string;
  /** Of the text that is set; so a number is `z.coerce.number()`. */
  readonly value: S;
  /** The text where none is set; without it, one must be. */
  readonly default?: string;
  readonly summary: string;
};

/**
 * Declares a setting: what differs between stages, and need not be hidden.
 *
 *     export const Sender = setting("sender", { value: z.email(), summary: "Who mails are from" });
 */
// biome-ignore lint/suspicious/noExplicitAny: of whatever value
export function setting<S extends Schema<any, any>>(
  name: string,
  definition: { readonly value: S; readonly summary: string; readonly default?: Input<S> & string },
): Setting<S> {
  return { kind: "setting", name, ...definition };
}

export type ValueOf<S extends Setting> = Output<S["value"]>;
