import { parseArgs } from "node:util";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { readPipeline, report } from "./pipeline.ts";
import { releaseTag } from "./prod/release-tag.ts";

const HELP = `Releases a tag to prod, as the workflow deploy does, and rolls back what fails.

Usage: pnpm release <tag>

The tag, such as v1.2.0, is on main, and CI has passed it. It fails where it cannot be deployed, its smoke test fails, or an
alarm is raised in the five minutes after it; alarms that rang before do not count. Then the version that was released last
is deployed again. The parameter /<app>/prod/deployed says which that is.

Needs the workflow's environment, aws and gh. By hand: pnpm sst deploy --stage prod.
`;

await runCommand(HELP, async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [tag, ...rest] = positionals;
  if (tag === undefined || rest.length > 0) throw new UsageError("Give one tag, such as v1.2.0.");
  await releaseTag(readPipeline(process.env), tag).catch((error) => {
    if (error instanceof UsageError) throw error;
    report(error);
  });
});
