import { nameOnAws } from "@lucky/application/resources";
import type { Secret } from "@lucky/resources/declare";

const LONGEST_DESCRIPTION = 1024;

/**
 * Keeps the value of a secret, that `sst secret set` has stored, in an encrypted parameter of the stage's own. Functions read it
 * from there when they need it: a variable would be seen by all who may look at the function. It is encrypted by the key that AWS
 * keeps for parameters, by which whoever may read the parameter may read its value.
 */
export function createSecret(secret: Secret): aws.ssm.Parameter {
  const { value } = new sst.Secret(nameOnAws(secret));
  return new aws.ssm.Parameter(`${nameOnAws(secret)}Parameter`, {
    name: `/${$app.name}/${$app.stage}/secrets/${secret.name}`,
    description: secret.summary.slice(0, LONGEST_DESCRIPTION),
    type: "SecureString",
    value,
  });
}
