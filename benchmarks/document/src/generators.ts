import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Served } from "./applications.ts";
import { runTool } from "./tool.ts";

const RECORDS = fileURLToPath(new URL("swagger-typescript-api.mjs", import.meta.url));

/** Makes a client of a document, in a folder of its own. */
export type Generator = (served: Served, folder: string) => Promise<void>;

export const generators = {
  // What has a default may be left out of a request.
  "openapi-typescript": ({ file }, folder) =>
    generate("openapi-typescript", [
      file,
      "--default-non-nullable=false",
      "--output",
      join(folder, "schema.ts"),
    ]),
  "hey-api": ({ file }, folder) => generate("openapi-ts", ["--input", file, "--output", folder]),
  orval: async ({ file, url }, folder) => {
    const configuration = join(folder, "../orval.config.mjs");
    const output = { target: join(folder, "api.ts"), client: "fetch", baseUrl: url };
    writeFileSync(
      configuration,
      `export default ${JSON.stringify({ api: { input: file, output } }, undefined, 2)};\n`,
    );
    await generate("orval", ["--config", configuration]);
  },
  "swagger-typescript-api": async ({ file }, folder) => {
    const words = ["generate", "--path", file, "--output", folder, "--name", "api.ts"];
    await generate("swagger-typescript-api", [...words, "--custom-config", RECORDS]);
    const client = join(folder, "api.ts");
    // It tells the compiler to look away.
    writeFileSync(client, readFileSync(client, "utf8").replace("// @ts-nocheck\n", ""));
  },
} satisfies Record<string, Generator>;

async function generate(name: string, words: readonly string[]): Promise<void> {
  const { stdout, stderr, exitCode } = await runTool(name, words);
  if (exitCode !== 0) throw new Error(`${name} made no client. It printed: ${stdout}${stderr}`);
}
