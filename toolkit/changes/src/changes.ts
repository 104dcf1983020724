import { parseArgs } from "node:util";
import { findRoot } from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { printableLines } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import { compareDocuments } from "./document/compare.ts";
import { toMarkdown } from "./report/markdown.ts";
import { toReport } from "./report/report.ts";
import { toText } from "./report/text.ts";
import { findBase } from "./sources/default-base.ts";
import { loadDisk, loadNamed } from "./sources/source.ts";

const HELP = `Shows what changes for callers of the API: what breaks them, what is new, and what is the same.

Usage: pnpm changes [<base> [<head>]] [options]

Each is a commit, tag or branch, whose contracts are loaded by its own code; or an OpenAPI 3.1 document, a file or URL: then
its name ends with .json, or starts with http. By default what is on this disk is compared with the last tag such as v1.2.0,
and where there is none with the commit at which this branch left main.

Options:
  --json            for machines: base, head, isNewMajor, breaks, news, same
  --markdown        for a page, such as that of a pull request
  --allow-breaking  exits with 0 also where something breaks
  --version         of this project
  -h, --help        this text

What a caller may send narrows, or what it may get widens: that breaks. Fields that a caller does not know are no trouble in a
reply. Whatever is gone breaks, and so does a status of 2xx that is new. Texts that only describe, servers, callbacks and
webhooks are not compared. Where it cannot say, as of two patterns, it says that it breaks.

A new major version may break: about.version in packages/contracts/src/index.ts, where before 1.0.0 the second number counts.
Exit code: 0 if nothing breaks or the version is a new major one, 1 if something breaks or a side cannot be loaded, 2 when
called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      "allow-breaking": { type: "boolean", default: false },
    },
  });
  const [base, head, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`Give two at most: unexpected argument "${rest[0]}".`);
  if (base === "" || head === "") throw new UsageError("Give a commit or a document, not an empty text.");
  if (values.json && values.markdown) throw new UsageError("Choose --json or --markdown.");

  const before = await loadNamed(base ?? (await findBase(findRoot())), findRoot);
  const after = head === undefined ? await loadDisk(findRoot()) : await loadNamed(head, findRoot);
  const report = toReport(before, after, compareDocuments(before.document, after.document));
  const print = values.markdown ? toMarkdown : toText;
  console.log(values.json ? printableLines(JSON.stringify(report, null, 2)) : print(report));
  const isWrong = report.breaks.length > 0 && !report.isNewMajor && !values["allow-breaking"];
  process.exitCode = isWrong ? 1 : 0;
});
