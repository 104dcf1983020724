import { parseArgs } from "node:util";
import { findRoot } from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { carryOut } from "./carry-out.ts";
import type { Draft } from "./draft.ts";
import { lockWorkspace } from "./lock.ts";
import { planFunction } from "./new-function.ts";
import { askForMissing } from "./questions.ts";
import { planRemoval } from "./removal.ts";
import { toDraft } from "./wishes.ts";
import { readWorkspace } from "./workspace.ts";

const HELP = `Makes a function: its contract, its logic, its handler, and a test of each.

Usage: pnpm new [name] [options]
       pnpm new --remove <name>

The name is of small letters, digits and dashes, as in send-mail. On a terminal, what is not given is asked for.

Options:
  --method <method>  GET, POST, PUT, PATCH or DELETE (default POST)
  --path <path>      with parameters as in /draws/{id} and /files/{path+} (default: the name, as in /send_mail)
  --body, --no-body  whether a request has a body (default: with POST, PUT and PATCH)
  --summary <text>   what it does, in a line
  --table <table>    a table that it writes, or reads with GET: one that is declared, or a new one such as notes, with a
                     schema of its items (then the path is /notes, or /notes/{id} where the method is not POST)
  --dry-run          only lists what would be written or removed
  --no-install       leaves out the install, without which nothing of it runs
  --remove <name>    takes a function away again: its folder, contract, logic and tests, and tables that no other uses
  --force            removes it even where git does not have all of it
  --version          of this project
  -h, --help         this text

Either everything is written or nothing.
Exit code: 0, 1 where it fails, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      method: { type: "string" },
      path: { type: "string" },
      body: { type: "boolean" },
      summary: { type: "string" },
      table: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      install: { type: "boolean", default: true },
      remove: { type: "boolean", default: false },
      force: { type: "boolean", default: false },
    },
  });
  const [name, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`Name one function: unexpected argument "${rest[0]}".`);
  const { method, path, body, summary, table } = values;
  const isAsked = process.stdin.isTTY && process.stdout.isTTY && !values.remove;
  if (name === undefined && !isAsked) throw new UsageError("Name the function, as in pnpm new send-mail.");

  const root = findRoot();
  lockWorkspace(root);
  const workspace = await readWorkspace(root);
  if (values.remove && name !== undefined) {
    const removal = await planRemoval(name, workspace, values.force);
    if (values["dry-run"]) return list("Would be removed or changed:", removal.changes.keys());
    await carryOut(root, removal.changes, { install: values.install });
    removal.sweep();
    console.log([`\n${name} is gone. pnpm check shows what used it.`, ...removal.notes, ""].join("\n"));
    return;
  }

  const known = { method, path, body, summary, table };
  const wishes =
    isAsked || name === undefined
      ? await askForMissing({ ...known, name }, workspace, { input: process.stdin, output: process.stdout })
      : { ...known, name };
  const draft = toDraft(wishes, workspace);
  const changes = await planFunction(draft, workspace);
  if (values["dry-run"]) return list("Would be written:", changes.keys());
  await carryOut(root, changes, { install: values.install });
  list("Written:", changes.keys());
  console.log(nextSteps(draft, values.install));
});

function list(title: string, files: Iterable<string>): void {
  console.log([title, ...files].join("\n  "));
}

function nextSteps({ name, table }: Draft, isInstalled: boolean): string {
  const install = isInstalled ? [] : [["pnpm install", "first: nothing is installed yet"]];
  return `
It runs as it is:
${columns([
  ...install,
  [`pnpm invoke ${name}`, `runs functions/${name}/event.json`],
  ["pnpm start", "serves it, and prints a curl that calls it"],
  ["pnpm test", "runs its tests, and all that follows from its contract"],
])}
Write on in:
${columns([
  table
    ? [`packages/core/src/${table.name}-item.ts`, `what the table ${table.name} holds`]
    : [`packages/core/src/${name}.ts`, "what goes in, what comes out, and the logic"],
  [`packages/contracts/src/${name}.ts`, "what callers may rely on"],
  [`functions/${name}/src/handler.ts`, "what needs Node or AWS"],
])}`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([first = ""]) => first.length));
  return rows.map(([first = "", second]) => `  ${first.padEnd(width)}  ${second}\n`).join("");
}
