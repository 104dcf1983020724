import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationError } from "@lucky/application/application-error";

/** A tag of a table: the name under which it is declared. It tells those of contracts from what infra makes by itself. */
export const DECLARED_AS = "declared-as";

/** What a table is found by, as the provider has it. */
export type TableKeys = {
  readonly hashKey: string;
  readonly rangeKey?: string | undefined;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
};

/** A table as the last deploy left it. */
export type DeployedTable = TableKeys & {
  /** That of its resource in the state, such as DrawsTable. */
  readonly resource: string;
  /** As it is declared. */
  readonly name: string;
};

const TABLE = "aws:dynamodb/table:Table";

/**
 * The tables of the last deploy that contracts declared, from the state that SST fetches before it runs the program; none where
 * there is no state yet. The engine, too, refuses to delete a protected table, but last, when functions have an empty one.
 */
export function deployedTables(
  environment: NodeJS.ProcessEnv,
  app: string,
  stage: string,
): readonly DeployedTable[] {
  const backend = environment.PULUMI_BACKEND_URL;
  if (!backend?.startsWith("file://")) return [];
  const file = join(backend.slice("file://".length), ".pulumi/stacks", app, `${stage}.json`);
  if (!existsSync(file)) return [];
  const { checkpoint }: Saved = JSON.parse(readFileSync(file, "utf8"));
  return (checkpoint?.latest?.resources ?? []).flatMap(({ urn, type, inputs }) => {
    const name = inputs?.tags?.[DECLARED_AS];
    if (type !== TABLE || inputs === undefined || name === undefined) return [];
    return { ...inputs, name, resource: urn.split("::").at(-1) ?? "" };
  });
}

/** As much of the state's form as is read. */
type Saved = { readonly checkpoint?: { readonly latest?: { readonly resources?: readonly Row[] } } };
type Row = {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: TableKeys & { readonly tags?: Readonly<Record<string, string>> };
};

/**
 * Throws an ApplicationError where a deploy would put another table in the place of a deployed one, or take one out: its key has
 * changed, or it is declared no more, or under another name. `wanted` is by name.
 */
export function checkKept(
  deployed: readonly DeployedTable[],
  wanted: ReadonlyMap<string, TableKeys>,
  stage: string,
): void {
  const mistakes = deployed.flatMap((table) => {
    const now = wanted.get(table.name);
    if (now === undefined) return goneSentence(table, stage);
    return keyOf(now) === keyOf(table) ? [] : changedSentence(table, now, stage);
  });
  if (mistakes.length > 0) throw new ApplicationError(mistakes.join("\n"));
}

/** Such as `id (S), day (S)`. */
function keyOf({ hashKey, rangeKey, attributes }: TableKeys): string {
  const typeOf = (name: string) => attributes.find((attribute) => attribute.name === name)?.type;
  return [hashKey, rangeKey].flatMap((name) => (name ? [`${name} (${typeOf(name)})`] : [])).join(", ");
}

function changedSentence(table: DeployedTable, now: TableKeys, stage: string): string {
  return (
    `The table ${table.name} has the key ${keyOf(table)} on the stage ${stage}, and is declared with ${keyOf(now)} now. DynamoDB changes no ` +
    "key: an empty table would take its place. Declare a second table with the new key, write to both, copy the items, then " +
    "read the second alone: docs/operating.md has the steps."
  );
}

function goneSentence({ name, resource }: DeployedTable, stage: string): string {
  return (
    `The stage ${stage} has the table ${name}, and no contract uses it any more; under another name it would be another, empty one. ` +
    `Take the use back, or, to let go of it: pnpm sst state remove ${resource} --stage ${stage}. It stays on AWS then, with its items, ` +
    "until somebody deletes it there."
  );
}
