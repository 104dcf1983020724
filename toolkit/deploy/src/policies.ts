import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadApplication } from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { readExtra } from "./policies/extra.ts";
import { type PipelineRole, pipelineRole } from "./policies/role.ts";
import { type RoleName, scopeOf } from "./policies/scope.ts";
import { toScript } from "./policies/script.ts";

const HELP = `Prints the roles with which GitHub's workflows deploy: a script for AWS's command line that makes or amends them.

Usage: pnpm -s policies --account <id> --repository <owner>/<name> [options]

Options:
  --account <id>             the AWS account, 12 digits
  --repository <owner/name>  the GitHub repository whose workflows may take the roles
  --role <name>              prod, which deploys prod, or preview, which deploys pull requests (default: both)
  --zone <id>                the Route 53 zone of API_DOMAIN, such as Z0123456789ABC, if it is there; for prod
  --json                     for machines: by role its name, arn, trust, policy and boundary, as AWS takes them
  --version                  of this project
  -h, --help                 this text

Read it, then run it as an administrator: pnpm -s policies … | sh. It ends with what to set in GitHub's environments. Run it
again after an upgrade, a change of infra/policies.ts or a function with a longer name than the others.
Exit code: 0, 1 where it fails, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values } = parseArgs({
    options: {
      account: { type: "string" },
      repository: { type: "string" },
      role: { type: "string" },
      zone: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const account = check(values.account, "--account", /^\d{12}$/, "an AWS account's 12 digits");
  const repository = check(values.repository, "--repository", /^[\w.-]+\/[\w.-]+$/, "owner/name");
  const zone =
    values.zone && check(values.zone, "--zone", /^Z[A-Z0-9]{1,31}$/, "an id such as Z0123456789ABC");
  const names: readonly RoleName[] = values.role === undefined ? ["prod", "preview"] : [toRole(values.role)];
  if (zone && !names.includes("prod")) throw new UsageError("--zone is for prod's role.");

  const { root, functions } = await loadApplication();
  const { name: app } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name: string }; // the workspace's
  const roles = new Map<RoleName, PipelineRole>();
  for (const name of names) {
    const scope = scopeOf(name, {
      app,
      account,
      functions: functions.map((each) => each.name),
      zone: name === "prod" ? zone : undefined,
    });
    roles.set(name, pipelineRole(scope, repository, await readExtra(root, scope)));
  }
  const text = values.json ? JSON.stringify(Object.fromEntries(roles), null, 2) : toScript(account, roles);
  process.stdout.write(`${text.trimEnd()}\n`);
});

function check(value: string | undefined, option: string, pattern: RegExp, use: string): string {
  if (value === undefined) throw new UsageError(`Give ${option}: ${use}.`);
  if (!pattern.test(value)) throw new UsageError(`${option} takes ${use}, not "${value}".`);
  return value;
}

function toRole(name: string): RoleName {
  if (name === "prod" || name === "preview") return name;
  throw new UsageError(`--role takes prod or preview, not "${name}".`);
}
