import { pascalCase } from "@lucky/gateway/name";

/** Where tables are declared, beside secrets and settings. It is there once something is. */
export const RESOURCES = "packages/contracts/src/resources.ts";
export const DECLARE = "@lucky/resources/declare";

const IMPORT = /^import (type )?\{([^}]*)\} from "([^"]+)";\n/gm;

/** The source with that table as the last one; of the whole file where there was none. */
export function addTable(source: string | undefined, table: string, scope: string): string {
  const Name = pascalCase(table);
  const declaration = `
/** Items are found by their id: docs/resources.md has what else a table may have, such as indexes and an expiry. */
export const ${Name} = table("${table}", { item: ${Name}Item, key: { partition: "id" } });
`;
  const item = `import { ${Name}Item } from "${scope}/core/${table}-item";\n`;
  return `${item}${withTableImported(source ?? "")}${declaration}`;
}

function withTableImported(source: string): string {
  const [found] = [...source.matchAll(IMPORT)].filter(([, type, , from]) => !type && from === DECLARE);
  if (found === undefined) return `import { table } from "${DECLARE}";\n${source}`;
  const [line, , names = ""] = found;
  if (namesIn(names).includes("table")) return source;
  return source.replace(
    line,
    () => `import { ${names.trim().replace(/,$/, "")}, table } from "${DECLARE}";\n`,
  );
}

/**
 * What is left of the source without the declaration of that table, and without the imports that only this one had; undefined
 * where it declares nothing else. Gives the source itself where its declaration has another shape than this and its like:
 *
 *     export const Draws = table("draws", { … });
 */
export function removeTable(source: string, table: string): string | undefined {
  const declaration = new RegExp(
    `(?:^/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?^export const \\w+ = \\w+\\("${table}"(?:, \\{[^\\n]*\\}|, \\{\\n[\\s\\S]*?\\n\\})?\\);\\n`,
    "m",
  );
  const rest = source.replace(declaration, "");
  if (rest === source) return source;
  return /^export /m.test(rest) ? withoutUnusedImports(rest) : undefined;
}

function withoutUnusedImports(source: string): string {
  const code = source.replaceAll(IMPORT, "").replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, "");
  return source.replaceAll(IMPORT, (_, type = "", names: string, from: string) => {
    const used = names
      .split(",")
      .map((each) => each.trim())
      .filter((each) => new RegExp(`\\b${/\w+$/.exec(each)?.[0] ?? "^"}\\b`).test(code));
    return used.length === 0 ? "" : `import ${type}{ ${used.join(", ")} } from "${from}";\n`;
  });
}

/** Whether a file imports that of the file with the resources. */
export function importsResource(source: string, constant: string): boolean {
  return [...source.matchAll(IMPORT)].some(
    ([, , names = "", from = ""]) => /\/resources(?:\.ts)?$/.test(from) && namesIn(names).includes(constant),
  );
}

function namesIn(names: string): readonly string[] {
  return names.split(",").map((each) => each.trim().split(" ")[0] ?? "");
}
