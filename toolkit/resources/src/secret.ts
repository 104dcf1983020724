import { awsCall, ssm } from "./aws/aws-call.ts";
import type { Secret } from "./declare/secret.ts";
import { variableOf } from "./declare/variable.ts";

/** How long a value is kept: one that is set anew is known everywhere after that. */
const KEPT_MS = 5 * 60 * 1000;

/**
 * A secret as its function gets it: it is read when it is asked for, not at a cold start. On AWS from the parameter that
 * `SECRET_MAIL_KEY` names; on this machine from `MAIL_KEY`. Throws where there is neither.
 */
export function secretOf(secret: Secret): () => Promise<string> {
  const variable = variableOf(secret);
  let kept: { readonly value: Promise<string>; readonly until: number } | undefined;

  async function read(): Promise<string> {
    const Name = process.env[`SECRET_${variable}`];
    const here = process.env[variable];
    if (Name === undefined) {
      if (here) return here;
      throw new Error(
        `The secret ${secret.name} is not set (${secret.summary}): add ${variable}=… to .env.local.`,
      );
    }
    const { Parameter } = await awsCall<{ Parameter: { Value: string } }>(
      ssm,
      "GetParameter",
      { Name, WithDecryption: true },
      { isRepeatable: true },
    );
    return Parameter.Value;
  }

  return () => {
    const now = Date.now();
    if (kept === undefined || kept.until < now) {
      const value = read();
      const mine = { value, until: now + KEPT_MS };
      kept = mine;
      value.catch(() => {
        if (kept === mine) kept = undefined; // the next call tries again
      });
    }
    return kept.value;
  };
}
