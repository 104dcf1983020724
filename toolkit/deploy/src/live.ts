import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { moveLive, readLive, readNewest, shareLive, type Versions } from "./live/live-versions.ts";

const HELP = `Moves what serves requests, where routes lead to aliases: a deploy publishes versions, and this makes them live.

Usage: node toolkit/deploy/src/live.ts <command>

Commands:
  show                     prints the version that is live of each function, as JSON
  forward [--percent <n>]  makes what was deployed last live, for all requests or for 1 to 99 % of them
  back <file>              makes live what show printed into that file, in seconds and without a deploy

Reads the functions that .sst/outputs.json has of the last deploy, and needs aws with its credentials.
`;

await runCommand(HELP, async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { percent: { type: "string" } },
  });
  const [command, file, ...more] = positionals;
  if (command === "show" && file === undefined) {
    console.log(JSON.stringify(await readLive(readFunctions()), undefined, 2));
  } else if (command === "forward" && file === undefined) {
    await forward(values.percent);
  } else if (command === "back" && file !== undefined && more.length === 0) {
    await moveLive(JSON.parse(readFileSync(file, "utf8")) as Versions); // what show has printed
  } else {
    throw new UsageError("Say show, forward, or back and a file.");
  }
});

async function forward(percent: string | undefined): Promise<void> {
  if (percent !== undefined && !/^[1-9]\d?$/.test(percent))
    throw new UsageError(`--percent ${percent} is no whole number from 1 to 99.`);
  const functions = readFunctions();
  const newest = await readNewest(functions);
  if (percent === undefined) return moveLive(newest);
  return shareLive(await readLive(functions), newest, Number(percent));
}

function readFunctions(): readonly string[] {
  const { functions } = JSON.parse(readFileSync(".sst/outputs.json", "utf8")) as { functions?: string[] }; // of infra/outputs.ts
  if (functions !== undefined) return functions;
  throw new Error(
    "The last deploy has no functions with an alias: set hasAlias in infra/stage.ts, and deploy.",
  );
}
