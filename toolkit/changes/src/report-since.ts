import { compareDocuments } from "./document/compare.ts";
import { type Report, toReport } from "./report/report.ts";
import { findBase } from "./sources/default-base.ts";
import { loadDisk, loadNamed } from "./sources/source.ts";

export type { Report };

/**
 * What changes for callers between a commit or a document, or else the last tag, and what is on this disk. Rejects with an error
 * that says what to do.
 */
export async function reportSince(base: string | undefined, root: string): Promise<Report> {
  const before = await loadNamed(base ?? (await findBase(root)), () => root);
  const after = await loadDisk(root);
  return toReport(before, after, compareDocuments(before.document, after.document));
}
