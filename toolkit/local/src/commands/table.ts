import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { loadApplication } from "@lucky/application/application";
import { NO_FUNCTIONS } from "@lucky/application/no-functions";
import { listResources } from "@lucky/application/resources";
import { runCommand } from "@lucky/command/command";
import { toNumber } from "@lucky/command/number";
import { printableLines } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import type { Table } from "@lucky/resources/declare";
import { ItemError } from "@lucky/resources/table-error";
import { openTable, type TableContents } from "../aws/table-contents.ts";
import { TABLES_FOLDER } from "../aws/tables.ts";

const help = async () => `Shows and changes the items of a table on this machine.

Usage: pnpm table <name> [list]                     its items, in no order
       pnpm table <name> get <partition> [<sort>]   the item with that key
       pnpm table <name> put <item>                 writes an item, in JSON, as the contract has it
       pnpm table <name> delete <partition> [<sort>]
       pnpm table <name> empty                      deletes all items

${await tablesForHelp()}

Options:
  --limit <number>     how many items a list has at most, 1 to 1000 (default 25)
  --cursor <cursor>    where a list goes on: of the list before
  --yes                empties without a question
  --json               one line of JSON for machines; a list is {"items":[…],"cursor":"…"}
  --version            of this project
  -h, --help           this text

Items are those of \`pnpm start\` and \`pnpm invoke\`, whether the server runs or not, in ${TABLES_FOLDER}. A table whose
key is another by now takes the new one when it is emptied.
Exit code: 0, 1 where there is no such item or it cannot be done, 2 when called wrongly.
`;

await runCommand(help, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      limit: { type: "string", default: "25" },
      cursor: { type: "string" },
      yes: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { root, functions } = await loadApplication();
  const [name, action = "list", ...words] = positionals;
  const chosen = findTable(listResources(functions).tables, name);
  const limit = toNumber(values.limit, "--limit", 1, 1000);
  const run = actionOf(chosen, action, words, { ...values, limit });
  if (action === "empty" && !values.yes && !(await agrees(chosen))) return;
  const contents = await openTable(root, chosen, action === "empty");
  try {
    await run(contents);
  } catch (error) {
    throw error instanceof ItemError ? new UsageError(error.message) : error;
  } finally {
    await contents.close();
  }
});

type Options = { readonly limit: number; readonly cursor?: string; readonly json: boolean };
type Run = (contents: TableContents) => Promise<void>;

/** What to do, once the words for it are known to be right. */
function actionOf(table: Table, action: string, words: readonly string[], options: Options): Run {
  const show = (item: unknown) => console.log(printableLines(toText(item, options.json ? 0 : 2)));
  const say = (sentence: string, data: object) =>
    console.log(printableLines(options.json ? JSON.stringify(data) : sentence));
  switch (action) {
    case "list":
      takeWords(words, 0, 0, "list takes no more words");
      return async ({ list }) => showPage(table, await list(options.limit, options.cursor), options);
    case "get": {
      const key = toKey(table, words);
      return async ({ get }) => {
        const item = await get(key);
        if (item === undefined) throw none(table, words);
        show(item);
      };
    }
    case "put": {
      takeWords(words, 1, 1, "put takes one item in JSON: quote it in '…'");
      const item = toItem(words[0] ?? "");
      return async ({ put }) => {
        await put(item);
        say("Written.", { written: true });
      };
    }
    case "delete": {
      const key = toKey(table, words);
      return async (contents) => {
        if ((await contents.get(key)) === undefined) throw none(table, words);
        await contents.delete(key);
        say("Deleted.", { deleted: true });
      };
    }
    case "empty":
      takeWords(words, 0, 0, "empty takes no more words");
      return async ({ empty }) => {
        await empty();
        say(`The table ${table.name} is empty.`, { emptied: true });
      };
    default:
      throw new UsageError(`"${action}" is none of list, get, put, delete and empty.`);
  }
}

function showPage(
  { name }: Table,
  { items, cursor }: Awaited<ReturnType<TableContents["list"]>>,
  { json }: Options,
): void {
  if (json) {
    console.log(printableLines(toText({ items, cursor }, 0)));
    return;
  }
  for (const item of items) console.log(printableLines(toText(item, 0)));
  if (items.length === 0)
    console.error(`The table ${name} has no ${cursor === undefined ? "" : "more "}items.`);
  if (cursor !== undefined) console.error(`There may be more: pnpm table ${name} --cursor ${cursor}`);
}

function findTable(tables: readonly Table[], name: string | undefined): Table {
  const found = tables.find((each) => each.name === name);
  if (found) return found;
  throw new UsageError(
    `${name === undefined ? "Name a table." : `There is no table "${name}".`} ${describeTables(tables)}`,
  );
}

function describeTables(tables: readonly Table[]): string {
  if (tables.length === 0) return "No contract uses a table.";
  return `The tables are: ${tables.map(({ name }) => name).join(", ")}.`;
}

async function tablesForHelp(): Promise<string> {
  try {
    return describeTables(listResources((await loadApplication()).functions).tables);
  } catch (error) {
    return error instanceof Error ? error.message : NO_FUNCTIONS;
  }
}

function none({ name }: Table, words: readonly string[]): Error {
  return new Error(`The table ${name} has no item ${words.join(" ")}.`);
}

function takeWords(words: readonly string[], least: number, most: number, what: string): void {
  if (words.length < least || words.length > most) throw new UsageError(`${what}.`);
}

function toKey(
  { key: { partition, sort }, numbers }: Table,
  words: readonly string[],
): Record<string, unknown> {
  const names = sort === undefined ? [partition] : [partition, sort];
  takeWords(words, names.length, names.length, `Give the key: ${names.map((each) => `<${each}>`).join(" ")}`);
  return Object.fromEntries(
    names.map((each, nth) => {
      const word = words[nth] ?? "";
      if (!numbers.includes(each)) return [each, word];
      if (word.trim() === "" || Number.isNaN(Number(word)))
        throw new UsageError(`${each} is a number, not "${word}".`);
      return [each, Number(word)];
    }),
  );
}

function toItem(text: string): object {
  let item: unknown;
  try {
    item = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `The item is no JSON: ${error instanceof Error ? error.message : error}. Quote it in '…'.`,
    );
  }
  if (typeof item === "object" && item !== null && !Array.isArray(item)) return item;
  throw new UsageError("An item is an object in JSON.");
}

async function agrees({ name }: Table): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError("Nobody is there to ask: give --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Delete all items of ${name} on this machine? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** As JSON, with what only tables hold: sets as lists, bytes in base64, large numbers as text. */
function toText(value: unknown, indent: number): string {
  return JSON.stringify(
    value,
    (_, each) => {
      if (each instanceof Set) return [...each];
      if (each instanceof Uint8Array) return Buffer.from(each).toString("base64");
      return typeof each === "bigint" ? String(each) : each;
    },
    indent,
  );
}
