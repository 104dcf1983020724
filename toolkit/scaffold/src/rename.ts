import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { titleOf, toProject } from "./app-name.ts";
import { carryOut } from "./carry-out.ts";
import { formatFiles } from "./format.ts";
import { lockWorkspace } from "./lock.ts";
import { project } from "./project.ts";
import { findWord, planRenaming } from "./renaming.ts";
import { readWorkspace, root } from "./workspace.ts";

const HELP = `Makes this clone a project of its own name: ${project.app} becomes <app>.

Usage: pnpm rename <app> [options]

It renames the npm scope ${project.scope}, the app that SST deploys and all that is named after it, and the title of
the API and the README. The name is of small letters, digits and dashes, as in your-app.

Options:
  --title <text>  as people know it (default: the name, as in Your App)
  --dry-run       only lists what would change
  --no-install    leaves out the install, without which nothing runs
  --force         also where git does not have everything
  --version       of this project
  -h, --help      this text

Either everything is renamed or nothing. AWS knows an app by its name: what is deployed as ${project.app} stays, and is no
longer this project's, so remove its stages before.
Exit code: 0, 1 where it fails, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      title: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      install: { type: "boolean", default: true },
      force: { type: "boolean", default: false },
    },
  });
  const [app, ...rest] = positionals;
  if (app === undefined || rest.length > 0)
    throw new UsageError("Give one name, as in pnpm rename your-app.");

  lockWorkspace(root);
  const { api } = await readWorkspace();
  const renamed = toProject(app, values.title ?? titleOf(app), Object.keys(api));
  if (app === project.app) throw new UsageError(`This is ${app} already.`);
  refuseForeignScope(renamed.scope);
  refuseCommonWord(app);
  if (!values.force) refuseUncommitted();

  const changes = planRenaming(root, project, renamed);
  const files = [...changes.keys()];
  if (values["dry-run"]) {
    console.log(["Would be changed:", ...files].join("\n  "));
    return;
  }
  await carryOut(root, changes, {
    install: values.install,
    beforeInstall: (stop) => formatFiles(files, stop),
  });
  console.log(`${files.length} files are ${renamed.title}'s now.${values.install ? "" : " Then: pnpm install"}
Look at them with git diff, run pnpm test and pnpm check, and commit.`);
});

/** Else the packages of this workspace could not be told from those of others. */
function refuseForeignScope(scope: string): void {
  if (!readFileSync(join(root, "pnpm-lock.yaml"), "utf8").includes(`${scope}/`)) return;
  throw new UsageError(`This workspace uses packages of ${scope}: choose another name.`);
}

/** Else another renaming would take that word for the app's name. */
function refuseCommonWord(app: string): void {
  const file = findWord(root, app);
  if (file === undefined) return;
  throw new UsageError(`"${app}" is a word of ${file} already: choose another name, such as ${app}-app.`);
}

function refuseUncommitted(): void {
  const changed = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
  if (changed === "") return;
  throw new UsageError(
    `Commit first what git does not have, so that you can see what is renamed, or use --force.\n${changed.trimEnd()}`,
  );
}
