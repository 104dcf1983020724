import { awsCall, ssm } from "./aws/aws-call.ts";
import { clock } from "./aws/clock.ts";
import type { Secret } from "./declare/secret.ts";
import { variableOf } from "./declare/variable.ts";
import { SecretError } from "./secret-error.ts";

/** How long a value is kept: one that is set anew is known everywhere after that. */
const KEPT_MS = 5 * 60 * 1000;

/**
 * A secret as its function gets it: it is read when it is asked for, not at a cold start. On AWS from the parameter that
 * `SECRET_MAIL_KEY` names; on this machine from `MAIL_KEY`. Rejects with a SecretError.
 */
export function secretOf(secret: Secret): () => Promise<string> {
  let kept: { readonly value: Promise<string>; readonly at: number } | undefined;
  return () => {
    const age = clock.now() - (kept?.at ?? Number.NaN);
    if (kept && age >= 0 && age < KEPT_MS) return kept.value;
    const mine = { value: read(secret), at: clock.now() };
    mine.value.catch(() => {
      if (kept === mine) kept = undefined; // the next call tries again
    });
    kept = mine;
    return mine.value;
  };
}

async function read(secret: Secret): Promise<string> {
  const { env } = process;
  const variable = variableOf(secret);
  const { [variable]: here, [`SECRET_${variable}`]: Name } = env;
  const what = `The secret ${secret.name} (${secret.summary})`;
  if (!Name) {
    if (here) return here;
    throw new SecretError(`${what} is not set: add ${variable}=… to .env.local.`);
  }
  const options = { isRepeatable: true };
  const input = { Name, WithDecryption: true };
  try {
    const { Parameter } = await awsCall<Got>(ssm, "GetParameter", input, options);
    return Parameter.Value;
  } catch (cause) {
    const { name, message } = cause as Error; // awsCall throws nothing else
    const sst = secret.name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
    const advice =
      name === "ParameterNotFound"
        ? `is not set in this stage: pnpm sst secret set ${sst} --stage <stage>, and deploy it.`
        : `cannot be read: ${message}`;
    throw new SecretError(`${what} ${advice}`, { cause });
  }
}

type Got = { readonly Parameter: { readonly Value: string } };
