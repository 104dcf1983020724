import { CONTRACTS } from "@lucky/application/application";
import { camelCase } from "@lucky/gateway/name";

// index.ts is everybody's, so it is edited as text, at the two places that a person would choose. Where they are not
// found, that person is told which two lines it takes.
const IMPORTS = /^(?:import [^;]+ from "[^"]+";\n)+/m;
const ENTRIES = /^(export const api = \{)([^{}]*)(\})/m;
const COMMENTS = /\/\/.*|\/\*[\s\S]*?\*\//g;

/** The source with that contract as the last one. Throws an error that says what to add by hand. */
export function addContract(source: string, name: string): string {
  const { importLine, entry } = linesOf(name);
  const [, , entries] = ENTRIES.exec(source) ?? [];
  const code = entries?.replaceAll(COMMENTS, "").trim() ?? "";
  const isList = code === "" || code.endsWith(",");
  if (
    entries === undefined ||
    !IMPORTS.test(source) ||
    (!isList && entries !== entries.replaceAll(COMMENTS, ""))
  ) {
    throw notFound(name, "add");
  }
  return source
    .replace(
      ENTRIES,
      (_, start, list: string, end) => `${start}${list.trimEnd()}${isList ? "" : ","}\n  ${entry}\n${end}`,
    )
    .replace(IMPORTS, (imports) => `${imports}${importLine}\n`);
}

/** The source without that contract. Throws an error that says what to remove by hand. */
export function removeContract(source: string, name: string): string {
  const { importLine, entry } = linesOf(name);
  const without = (text: string, line: string) =>
    text
      .split("\n")
      .filter((each) => each.trim() !== line)
      .join("\n");
  const changed = without(source, importLine).replace(
    ENTRIES,
    (_, start, list: string, end) => `${start}${without(list, entry)}${end}`,
  );
  if (changed.length !== source.length - importLine.length - entry.length - "\n  \n".length)
    throw notFound(name, "remove");
  return changed;
}

/** Whether the source has that contract where `pnpm new` would have written it. */
export function hasContract(source: string, name: string): boolean {
  return source.includes(`${linesOf(name).importLine}\n`);
}

function linesOf(name: string): { readonly importLine: string; readonly entry: string } {
  const word = camelCase(name);
  return {
    importLine: `import { ${word} } from "./${name}.ts";`,
    entry: word === name ? `${word},` : `"${name}": ${word},`,
  };
}

function notFound(name: string, what: "add" | "remove"): Error {
  const { importLine, entry } = linesOf(name);
  return new Error(
    `Nothing is written: ${CONTRACTS} is not as pnpm new knows it, with imports and then\n` +
      `export const api = {\n  …,\n}\nEither give it that shape, or ${what} by hand the line\n  ${importLine}\nand in api\n  ${entry}`,
  );
}
