import { posix } from "node:path";
import { CONTRACTS } from "@lucky/application/application";
import { pascalCase } from "@lucky/gateway/name";
import { EXAMPLE, goes, SCRIPTS_THAT_GO } from "./bare-parts.ts";

type Edit = (content: string) => string;
type Manifest = {
  scripts?: Record<string, string>;
  devDependencies?: Record<string, string>;
  [field: string]: unknown;
};

/** What the compiler and the tests use without an import. */
const USED_UNNAMED = ["@types/node", "typescript"];
const FIRST_VERSION = "0.1.0";

/** How files that stay are to change when the example goes, and `name` is a function that is there. */
export function editsFor(
  files: ReadonlySet<string>,
  read: (file: string) => string,
  name: string,
): readonly (readonly [file: string, edit: Edit])[] {
  const packages = [...files].filter((file) => /^(?:tests|packages\/[^/]+)\/package\.json$/.test(file));
  const pages = [...files].filter((file) => /^(?:[^/]+|docs\/.*|infra\/.*)\.md$/.test(file));
  const named: readonly (readonly [string, Edit])[] = [
    ["package.json", (content) => editManifest(content, toBareRoot)],
    [CONTRACTS, toBareAbout],
    ["docs/architecture.md", toBareArchitecture],
    ["packages/web/pages/404.html", toBarePage],
    ["packages/web/pages/reference/index.html", toBarePage],
    ...packages.map((file) => {
      const folder = file.slice(0, -"package.json".length);
      const sources = [...files].filter((each) => each.startsWith(folder) && each.endsWith(".ts"));
      return [
        file,
        (content: string) => editManifest(content, (manifest) => dropUnused(manifest, sources, read)),
      ] as const;
    }),
    ...pages.map((file) => [file, (content: string) => withoutLinks(content, file)] as const),
    ...[".vscode/launch.json", ".vscode/tasks.json", "docs/operating.md"].map(
      (file) => [file, (content: string) => nameAnother(content, name)] as const,
    ),
  ];
  return named.filter(([file]) => files.has(file));
}

/** With its fields in the order that they have, so that a merge finds them. */
function editManifest(content: string, edit: (manifest: Manifest) => void): string {
  const manifest: Manifest = JSON.parse(content);
  edit(manifest);
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Whether that is the package.json of a product that is bare already. */
export function isBareRoot(content: string): boolean {
  const { scripts = {} }: Manifest = JSON.parse(content);
  return !SCRIPTS_THAT_GO.some((script) => script in scripts);
}

function toBareRoot(manifest: Manifest): void {
  manifest.version = FIRST_VERSION;
  delete manifest.description;
  for (const script of SCRIPTS_THAT_GO) delete manifest.scripts?.[script];
}

function toBareAbout(content: string): string {
  return content
    .replace(/(?<=\bversion: ")[^"\n]+/, FIRST_VERSION)
    .replace("Greets by name and draws lucky numbers.", "Greets by name.");
}

/** Without the benchmark, the tests that go and what only they import, and the example's own rule. */
function toBareArchitecture(content: string): string {
  return content
    .replace(/^(functions\/\*.*?) +\(tests: local\)$/m, "$1") // its bundle's test
    .replace(/^tests .*/m, (line) => line.replaceAll(/ (?:web|pages),/g, ""))
    .replace(/\s`benchmarks\/`[\s\S]*?\.(?=\n\n)/, "")
    .replace(/^\| lucky-numbers stays small.*\n/m, "");
}

function toBarePage(content: string): string {
  return content
    .replace("No luck: there is nothing here", "There is nothing here")
    .replace(">Draw your lucky numbers</a>, or look into the <", ">All endpoints</a>, or the <")
    .replace(">Draw</a>", ">Endpoints</a>");
}

/** Without the packages from elsewhere that only what has gone imported, and without a script that would find no test. */
function dropUnused(manifest: Manifest, sources: readonly string[], read: (file: string) => string): void {
  const { scripts = {}, devDependencies = {} } = manifest;
  const text = sources.map(read).join("\n");
  for (const [name, version] of Object.entries(devDependencies)) {
    const isFromElsewhere = version !== "workspace:*" && !USED_UNNAMED.includes(name);
    if (isFromElsewhere && !text.includes(`"${name}`)) delete devDependencies[name];
  }
  if (!sources.some((file) => file.endsWith(".test.ts"))) delete scripts.test;
}

/** Without the paragraphs, and rows of tables, that lead to what has gone. */
function withoutLinks(content: string, file: string): string {
  const leadsNowhere = (text: string) =>
    [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].some(([, target = ""]) => {
      const path = posix.join(posix.dirname(file), target);
      return goes(path) || goes(`${path}/`);
    });
  const rows = (paragraph: string) =>
    paragraph
      .split("\n")
      .filter((row) => !leadsNowhere(row))
      .join("\n");
  const paragraphs = content.split(/\n{2,}/).map((each) => (/^[|*-]/.test(each) ? rows(each) : each));
  return paragraphs.filter((each) => !leadsNowhere(each)).join("\n\n");
}

function nameAnother(content: string, name: string): string {
  return content.replaceAll(EXAMPLE, name).replaceAll(pascalCase(EXAMPLE), pascalCase(name));
}
