import { run } from "@lucky/command/child-process";

/** The version that serves requests, by the function's name on AWS. */
export type Versions = Readonly<Record<string, string>>;

/** As function-alias.ts makes it. */
const ALIAS = "live";

/** What the aliases of those functions lead to. Rejects with what AWS says where one cannot be read. */
export async function readLive(functions: readonly string[]): Promise<Versions> {
  return forEach(functions, async (name) => {
    const { FunctionVersion } = JSON.parse(
      await lambda("get-alias", "--function-name", name, "--name", ALIAS),
    ) as { FunctionVersion: string }; // https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html
    return FunctionVersion;
  });
}

/** What the last deploy has published of each. Rejects where a function has no version. */
export async function readNewest(functions: readonly string[]): Promise<Versions> {
  return forEach(functions, async (name) => {
    const { Versions } = JSON.parse(await lambda("list-versions-by-function", "--function-name", name)) as {
      Versions: readonly { Version: string }[];
    }; // https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
    const numbers = Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger); // not $LATEST
    if (numbers.length === 0) throw new Error(`${name} has no version: deploy it first.`);
    return String(Math.max(...numbers));
  });
}

/**
 * Has each function's alias lead to its version, whole. All are tried, so that one that fails keeps none of the others back;
 * then it rejects with what could not be moved.
 */
export async function moveLive(versions: Versions): Promise<void> {
  await moveAll(versions, {});
}

/** Gives that share of the requests, 1 to 99 %, to newer versions, and leaves the rest where they are. */
export async function shareLive(live: Versions, newer: Versions, percent: number): Promise<void> {
  await moveAll(live, newer, percent / 100);
}

async function moveAll(versions: Versions, newer: Versions, share = 0): Promise<void> {
  const failed: string[] = [];
  for (const [name, version] of Object.entries(versions)) {
    const other = newer[name];
    const AdditionalVersionWeights = other === undefined || other === version ? {} : { [other]: share };
    await lambda(
      "update-alias",
      "--function-name",
      name,
      "--name",
      ALIAS,
      "--function-version",
      version,
      "--routing-config",
      JSON.stringify({ AdditionalVersionWeights }),
    ).catch((error: Error) => failed.push(`${name} to ${version}: ${error.message}`));
  }
  if (failed.length > 0) throw new Error(`Not moved, and the others were:\n${failed.join("\n")}`);
}

async function forEach(
  functions: readonly string[],
  read: (name: string) => Promise<string>,
): Promise<Versions> {
  const versions: Record<string, string> = {};
  for (const name of functions) versions[name] = await read(name);
  return versions;
}

async function lambda(...words: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await run("aws", ["lambda", ...words, "--output", "json"]);
  if (exitCode === 0) return stdout;
  throw new Error(stderr.trim() || `aws lambda ${words.join(" ")} failed without a word.`);
}
