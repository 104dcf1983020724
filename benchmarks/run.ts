import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../toolkit/command/src/command.ts";
import { onSignal } from "../toolkit/command/src/signals.ts";
import { UsageError } from "../toolkit/command/src/usage-error.ts";
import { install } from "./src/install.ts";
import { HELP as BENCH_HELP, parseOptions } from "./src/options.ts";

// The entry of the workspace's scripts. It runs before anything is installed here, so it imports the toolkit by its path,
// and the programs only once their libraries are there.

const CONFORMANCE_HELP = `Runs facts of HTTP and AWS through this project's gateway and its peers, and prints who gets which right.

Usage: pnpm conformance [options]

Options:
  --version            of this project
  -h, --help           this text
`;

const INSTALL_HELP = `Installs what \`pnpm bench\` and \`pnpm conformance\` compare, unless it is installed.

Usage: node benchmarks/run.ts install
`;

const INSTALL_DOCUMENT_HELP = `Installs what \`pnpm test:document\` checks the OpenAPI document with, unless it is installed.

Usage: node benchmarks/run.ts install-document
`;

const INSTALL_DYNAMODB_HELP = `Installs what \`pnpm test:bench\` compares the local DynamoDB with, unless it is installed.

Usage: node benchmarks/run.ts install-dynamodb
`;

type Program = { readonly help: string; readonly run: () => Promise<void> };

const programs: Readonly<Record<string, Program>> = {
  bench: {
    help: BENCH_HELP,
    async run() {
      const options = parseOptions(process.argv.slice(2));
      await installOnce();
      const { runBenchmark } = await import("./src/main.ts");
      await runBenchmark(options);
    },
  },
  conformance: {
    help: CONFORMANCE_HELP,
    async run() {
      parseArgs();
      await installOnce();
      const { score, toTable } = await import("./src/conformance/scoreboard.ts");
      console.log(toTable(await score()));
    },
  },
  install: {
    help: INSTALL_HELP,
    async run() {
      parseArgs();
      await installOnce();
    },
  },
  "install-document": {
    help: INSTALL_DOCUMENT_HELP,
    async run() {
      parseArgs();
      await installOnce("the tools that check the document", "document");
    },
  },
  "install-dynamodb": {
    help: INSTALL_DYNAMODB_HELP,
    async run() {
      parseArgs();
      await installOnce("the AWS SDK and a second DynamoDB", "dynamodb");
    },
  },
};

async function installOnce(what = "the compared libraries", folder = "."): Promise<void> {
  const stop = new AbortController();
  onSignal(() => stop.abort());
  await install(join(import.meta.dirname, folder), {
    what,
    stop: stop.signal,
    onNotice: (text) => process.stderr.write(`${text}\n`),
  });
  onSignal(() => process.exit(1));
}

const [name = ""] = process.argv.splice(2, 1); // what is left is the program's own
const program = programs[name] ?? {
  help: INSTALL_HELP,
  run: () =>
    Promise.reject(
      new UsageError(`There is no program "${name}": name one of ${Object.keys(programs).join(", ")}.`),
    ),
};
await runCommand(program.help, program.run);
