import { parseArgs } from "node:util";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { readPipeline, report } from "./pipeline.ts";
import { deployPreview, removePreviewIfThere, stageOf } from "./previews/preview.ts";
import { sweep } from "./previews/sweep.ts";

const HELP = `Deploys and removes the stages of pull requests, as the workflow preview does.

Usage: node toolkit/release/src/preview.ts <command>

Commands:
  deploy <number>  the stage pr-<number>, from this checkout
  remove <number>
  sweep            removes all whose pull request is closed

A stage that is not called pr-<number> is never touched. Needs the workflow's environment, aws, gh and pnpm. By hand: pnpm sst deploy
or pnpm sst remove, with --stage.
`;

await runCommand(HELP, async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [command, ...rest] = positionals;
  const [number] = rest;
  const pipeline = readPipeline(process.env);
  if (command === "sweep" && rest.length === 0) return sweep(pipeline).catch(report);
  if ((command === "deploy" || command === "remove") && number !== undefined && rest.length === 1) {
    const stage = stageOf(number);
    return (command === "deploy" ? deployPreview : removePreviewIfThere)(pipeline, stage).catch(report);
  }
  throw new UsageError("Say deploy or remove, and a pull request's number, or sweep alone.");
});
