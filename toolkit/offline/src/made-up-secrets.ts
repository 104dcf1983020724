import { loadApplication } from "@lucky/application/application";
import { listResources, nameOnAws } from "@lucky/application/resources";
import { MADE_UP } from "./secret.ts";

/**
 * A value for each secret that an application's contracts use, as SST gives it to a program. None of an application that cannot be
 * loaded: a deploy says why.
 */
export async function madeUpSecrets(application?: string): Promise<NodeJS.ProcessEnv> {
  return Object.fromEntries(
    (await secretsOf(application)).map((name) => [`SST_SECRET_${name}`, MADE_UP] as const),
  );
}

/** The secrets that contracts use, as SST names them. */
export async function secretsOf(application?: string): Promise<readonly string[]> {
  try {
    const { functions } = await loadApplication(application);
    return listResources(functions).secrets.map(nameOnAws);
  } catch {
    return [];
  }
}
