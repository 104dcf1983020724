/**
 * What an AWS SDK in a function finds credentials by. A function has nobody's: as on Lambda there are keys in its
 * variables, which no AWS takes, and the home folder, where an SDK would find a person's profiles, is not there. With
 * `passes` it has whatever this shell has, on purpose.
 */
export function accessVariables(passes: boolean, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (!passes) return NO_ACCESS;
  const names = Object.keys(env).filter((name) => /^AWS_(?!LAMBDA_)/.test(name) || HOME.includes(name));
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  return {
    ...Object.fromEntries(names.map((name) => [name, env[name]])),
    ...(region && { AWS_REGION: region, AWS_DEFAULT_REGION: region }), // else an SDK takes the profile's
  };
}

/** Who a function is on AWS when it has the access of this shell, in a sentence. */
export function describeAccess(env: NodeJS.ProcessEnv = process.env): string {
  const { AWS_PROFILE: profile, AWS_ACCESS_KEY_ID: key } = env;
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const who = profile ? `the profile ${profile}` : key ? `the key ${key}` : "the default of this shell";
  return `Functions act on AWS as ${who}, in ${region ? `the region ${region}` : "its own region"}.`;
}

/** Where an SDK looks for `.aws`; on Windows in the second. */
const HOME = ["HOME", "USERPROFILE"];

const NO_ACCESS: NodeJS.ProcessEnv = {
  AWS_ACCESS_KEY_ID: "NoRealAccessKeyId",
  AWS_SECRET_ACCESS_KEY: "NoRealSecretAccessKey",
  AWS_SESSION_TOKEN: "NoRealSessionToken",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  HOME: "/home/sbx_user1051", // Lambda's user, without a home there too; unset, the system would tell the person's
};
