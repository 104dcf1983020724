import { fileURLToPath } from "node:url";
import { type Ended, run } from "../../../toolkit/command/src/child-process.ts";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Nothing is asked or told, and nobody is told of. */
const SILENT = {
  CI: "true",
  NO_COLOR: "1",
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  NO_UPDATE_NOTIFIER: "1",
};

/** The file of a tool that is installed here. */
export function toolFile(name: string): string {
  return fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
}

/** Runs a tool that is installed here to its end. */
export function runTool(name: string, words: readonly string[]): Promise<Ended> {
  return run(toolFile(name), words, { cwd: ROOT, env: { ...process.env, ...SILENT } });
}
