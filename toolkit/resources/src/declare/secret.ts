/** A text that nobody may read but functions that say so: a password, the key of another service. */
export type Secret = {
  readonly kind: "secret";
  /** In lower case with dashes. */
  readonly name: string;
  /** What it is, for whoever must set it. */
  readonly summary: string;
};

/**
 * Declares a secret. Its value is set per stage, and is never part of the code.
 *
 *     export const MailKey = secret("mail-key", { summary: "The key of the mail service, from its console" });
 */
export function secret(name: string, { summary }: { readonly summary: string }): Secret {
  return { kind: "secret", name, summary };
}
