import { ApplicationError } from "@lucky/application/application-error";
import { nameOnAws } from "@lucky/application/resources";
import type { Secret } from "@lucky/resources/declare";

/** Of a parameter that costs nothing: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST_BYTES = 4096;

/**
 * Throws an ApplicationError that names all secrets which have no value on the stage, with the commands that set them, or one
 * that a parameter cannot hold. SST gives the program the values in variables, and says what is missing at the end of a deploy.
 *
 *     checkSecrets([MailKey], "prod", process.env);
 */
export function checkSecrets(
  secrets: readonly Secret[],
  stage: string,
  environment: NodeJS.ProcessEnv,
): void {
  const valueIn = (secret: Secret) => environment[`SST_SECRET_${nameOnAws(secret)}`];
  const missing = secrets.filter((secret) => !valueIn(secret));
  if (missing.length > 0) {
    throw new ApplicationError(
      [
        `The stage ${stage} lacks ${missing.length === 1 ? "a secret" : "secrets"}. Set each by its command, which asks for the value:`,
        ...missing.map(
          (secret) =>
            `  pnpm sst secret set ${nameOnAws(secret)} --stage ${stage}    # ${secret.name}: ${secret.summary}`,
        ),
        ...(stage === "prod"
          ? []
          : ["With --fallback added, it is for all stages that have none of their own, prod too."]),
      ].join("\n"),
    );
  }
  for (const secret of secrets) {
    const bytes = Buffer.byteLength(valueIn(secret) ?? "");
    if (bytes > MOST_BYTES)
      throw new ApplicationError(
        `The secret ${secret.name} has ${bytes} bytes on the stage ${stage}: a parameter of AWS holds ${MOST_BYTES}. Keep a key here, and what it opens elsewhere.`,
      );
  }
}
