import { camelCase, pascalCase } from "@lucky/gateway/name";
import type { TableFunction } from "../../draft.ts";
import { exampleOf, itemExampleOf } from "../example.ts";

/** The name of the problem that an item is not there, as contract and handler have it. */
export const NO_ITEM = "no-such-item";

/** packages/contracts/src/<name>.ts of a function with a table. */
export function tableContractSource(draft: TableFunction, scope: string): string {
  const { name, method, path, params, hasBody, summary, table } = draft;
  const Name = pascalCase(table.name);
  const right = method === "GET" ? "read" : "write";
  const [param] = params;
  const mayMiss = method === "GET" || method === "PATCH";
  const lines = [
    `method: "${method}"`,
    `path: "${path}"`,
    `summary: ${JSON.stringify(summary)}`,
    ...(param === undefined
      ? []
      : [
          `params: z.object({ ${param}: z.string().check(z.minLength(1), z.maxLength(128)) })`,
          `examples: ${JSON.stringify({ params: exampleOf(draft).params })}`,
        ]),
    ...(hasBody ? [`body: New${Name}Item`, `example: ${JSON.stringify(exampleOf(draft).body)}`] : []),
    ...repliesOf(draft),
    ...(mayMiss ? [`problems: { "${NO_ITEM}": { status: 404, title: "There is no such item" } }`] : []),
    `uses: { ${camelCase(table.name)}: ${right}(${table.constant}) }`,
  ];
  return `${hasBody ? `import { New${Name}Item } from "${scope}/core/${table.name}-item";\n` : ""}${param === undefined ? "" : `import * as z from "${scope}/core/zod";\n`}import { contract } from "@lucky/gateway/contract";
import { ${right} } from "@lucky/resources/declare";
import { ${table.constant} } from "./resources.ts";

// What callers may rely on, and what the function may do to the table on AWS: see docs/resources.md.
export const ${camelCase(name)} = contract({
${lines.map((line) => `  ${line},\n`).join("")}});
`;
}

function repliesOf({ method, table }: TableFunction): readonly string[] {
  const item = `${table.constant}.item`;
  if (method === "DELETE") return ["reply: { 204: null }"];
  if (method === "POST")
    return [`reply: { 201: ${item} }`, 'replyHeaders: { 201: { location: "Where the item is." } }'];
  return [`reply: ${item}`, ...(table.isOurs ? [`replyExample: ${JSON.stringify(itemExampleOf("7"))}`] : [])];
}
