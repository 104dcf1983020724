import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findRoot } from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { titleOf, toProduct } from "./app-name.ts";
import { planBare } from "./bare.ts";
import { carryOut } from "./carry-out.ts";
import { formatFiles } from "./format.ts";
import { listUncommitted } from "./git.ts";
import { lockWorkspace } from "./lock.ts";
import { readOverlay } from "./overlay.ts";
import { readName, readProduct, UPSTREAM } from "./product.ts";
import { findWord, planRenaming } from "./renaming.ts";

const HELP = `Makes this clone a project of its own name.

Usage: pnpm rename <app> [options]

It renames the npm scope of packages/, functions/ and infra/, the app that SST deploys with all that is named after it, and
the title of the API, the page and the README. The toolkit keeps its names. The pipeline becomes a product's: it tests what
has changed, and then the deploy. The name is of small letters, digits and dashes, as in your-app.

Options:
  --title <text>  as people know it (default: the name, as in Your App)
  --bare          without the example application and what only its makers need: one function, hello, remains
  --dry-run       only lists what would change
  --no-install    leaves out the install, without which nothing runs
  --force         also where git does not have everything, or where --bare takes what you have changed
  --version       of this project
  -h, --help      this text

Run it again with the same name after a merge from upstream: it renames what came with upstream's names.

Either everything is renamed or nothing. AWS knows an app by its name: what is deployed under the old one stays, and is no
longer this project's, so remove its stages before.
Exit code: 0, 1 where it fails, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      title: { type: "string" },
      bare: { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      install: { type: "boolean", default: true },
      force: { type: "boolean", default: false },
    },
  });
  const [app, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`Give one name: unexpected argument "${rest[0]}".`);
  if (app === undefined) throw new UsageError("Give one name, as in pnpm rename your-app.");

  const root = findRoot();
  lockWorkspace(root);
  const now = readProduct(root);
  const title = app === now.app && now.title !== UPSTREAM.title ? now.title : titleOf(app);
  const renamed = toProduct(app, values.title ?? title, functionsOf(root));
  if (!isOwnScope(root, renamed.scope)) {
    refuseForeignScope(root, renamed.scope);
    refuseCommonWord(root, app);
  }

  const bare = values.bare ? await planBare(root, now, values.force) : undefined;
  const isFirst = now.app === UPSTREAM.app && now.scope === UPSTREAM.scope;
  const coming = new Map([...(isFirst ? readOverlay("product") : []), ...(bare?.changes ?? [])]);
  const changes = planRenaming(root, [now, UPSTREAM], renamed, coming);
  if (changes.size === 0) {
    console.log(`Nothing is left to rename: this is ${renamed.title} (${app}, ${renamed.scope}).`);
    return;
  }
  if (!values.force) refuseUncommitted(root);
  const changed = [...changes.keys()].filter((file) => changes.get(file) !== undefined);
  const gone = [...changes.keys()].filter((file) => changes.get(file) === undefined);
  if (values["dry-run"]) {
    console.log(["Would be changed:", ...changed].join("\n  "));
    if (gone.length > 0) console.log(["Would be removed:", ...gone].join("\n  "));
    return;
  }
  await carryOut(root, changes, {
    install: values.install,
    beforeInstall: (stop) => formatFiles(root, changed, stop),
  });
  bare?.sweep();
  const farewell = gone.length > 0 ? `, and ${gone.length} are gone` : "";
  console.log(`${changed.length} files are ${renamed.title}'s now${farewell}.${values.install ? "" : " Then: pnpm install"}
Look at them with git diff, run pnpm test and pnpm check, and commit.`);
});

function functionsOf(root: string): readonly string[] {
  return globSync("functions/*/package.json", { cwd: root }).map((file) => file.split(/[\\/]/)[1] ?? "");
}

/** Whether it is the product's already, in whole or, after a merge, in part. */
function isOwnScope(root: string, scope: string): boolean {
  const own = globSync(["{packages,functions}/*/package.json", "infra/package.json"], { cwd: root });
  return own.some((file) => readName(root, file).startsWith(`${scope}/`));
}

/** Else the packages of this workspace could not be told from those of others. */
function refuseForeignScope(root: string, scope: string): void {
  if (!readFileSync(join(root, "pnpm-lock.yaml"), "utf8").includes(`${scope}/`)) return;
  throw new UsageError(`This workspace uses packages of ${scope}: choose another name.`);
}

/** Else another renaming would take that word for the app's name. */
function refuseCommonWord(root: string, app: string): void {
  const file = findWord(root, app);
  if (file === undefined) return;
  throw new UsageError(`"${app}" is a word of ${file} already: choose another name, such as ${app}-app.`);
}

function refuseUncommitted(root: string): void {
  const changed = listUncommitted(root);
  if (changed === "") return;
  throw new UsageError(
    `Commit first what git does not have, so that you can see what is renamed, or use --force.\n${changed}`,
  );
}
