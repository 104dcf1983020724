import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const pages = globSync(["*.md", "docs/*.md", "infra/*.md", "benchmarks/*.md"], { cwd: root });

/** The anchor that GitHub makes of a heading. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");

describe("a page of the documentation", () => {
  test.each(pages)("%s leads nowhere that is not there", (page) => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
    const targets = links
      .map(([, inText, inTag]) => inText ?? inTag ?? "")
      .filter((target) => !/^\w+:/.test(target));
    const missing = targets.filter((target) => {
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      const headings = [...(anchor ? read(file) : "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
        toAnchor(heading),
      );
      return anchor !== undefined && !headings.includes(anchor);
    });
    expect(missing).toEqual([]);
  });
});
