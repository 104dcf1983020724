// Pulumi marks a value as a secret by an object with these members, and a file by one with the same signature. In a state that no passphrase encrypts it stands in
// plain text, as JSON.

export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** As a state has it: for each secret of a value that a program has registered. */
export function seal(value: unknown): unknown {
  return replaceSecrets(value, (secret) =>
    "value" in secret
      ? { [SIGNATURE]: SECRET, plaintext: JSON.stringify(replaceSecrets(secret.value, ({ value }) => value)) }
      : secret,
  );
}

/** In the place of a secret that a passphrase encrypts, which is not here. */
export const UNKNOWN = "(encrypted)";

/** In the place of a value that only the stage's own store has. */
export const MADE_UP = "(made up)";

/** The value itself, as providers get it. */
export function unseal(value: unknown): unknown {
  return replaceSecrets(value, (secret) => {
    if ("value" in secret) return unseal(secret.value);
    return typeof secret.plaintext === "string" ? unseal(JSON.parse(secret.plaintext)) : UNKNOWN;
  });
}

function replaceSecrets(value: unknown, replace: (secret: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => replaceSecrets(each, replace));
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>; // JSON's
  if (record[SIGNATURE] === SECRET) return replace(record);
  return Object.fromEntries(
    Object.entries(record).map(([key, each]) => [key, replaceSecrets(each, replace)]),
  );
}

/** As a program reads it: marked, with the value itself. */
export function mark(value: unknown): unknown {
  return replaceSecrets(value, (secret) =>
    "value" in secret ? secret : { [SIGNATURE]: SECRET, value: unseal(secret) },
  );
}
