import { parseArgs } from "node:util";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { readPipeline, report } from "./pipeline.ts";
import { checkTag, releaseTag } from "./prod/release-tag.ts";

const HELP = `Releases a tag to prod, as the workflow deploy does, and rolls back what fails.

Usage: node toolkit/release/src/release.ts <tag> [--check]

Options:
  --check     waits until CI has passed the tag, and says whether it may be released; no more, and without AWS
  -h, --help  this text

The tag, such as v1.2.0, is on main, and CI has passed it. What is deployed is made live by moving the alias of each function,
first for a part of the requests where LIVE_STEPS has percents such as "10 50". It fails where its smoke test fails, or an alarm
is raised in the seven minutes after a step or after all; alarms that rang before do not count. Then the aliases go back. The
parameter /<app>/prod/deployed says which version held last.

Needs the workflow's environment, aws, gh and pnpm. By hand: pnpm sst deploy --stage prod.
`;

await runCommand(HELP, async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { check: { type: "boolean", default: false } },
  });
  const [tag, ...rest] = positionals;
  if (tag === undefined || rest.length > 0) throw new UsageError("Give one tag, such as v1.2.0.");
  const pipeline = readPipeline(process.env);
  const act = values.check ? checkTag(pipeline, tag) : releaseTag(pipeline, tag, process.env.LIVE_STEPS);
  await act.catch((error) => {
    if (error instanceof UsageError) throw error;
    report(error);
  });
});
