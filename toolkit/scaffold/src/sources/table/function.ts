import { camelCase } from "@lucky/gateway/name";
import type { TableFunction } from "../../draft.ts";
import type { Method } from "../../route.ts";
import { itemExampleOf } from "../example.ts";
import { NO_ITEM } from "./contract.ts";

const GATEWAY = "@lucky/gateway";

type Names = { readonly table: string; readonly key: string; readonly path: string };

/** functions/<name>/src/handler.ts of a function with a table. */
export function tableHandlerSource(draft: TableFunction, scope: string): string {
  const { name, method, hasBody, params, table, path } = draft;
  const [param] = params;
  const word = camelCase(table.name);
  const key = param === table.key ? "params" : `{ ${table.key}: params.${param} }`;
  const body = BODIES[method]({ table: word, key, path });
  const parts = [...(param === undefined ? [] : ["params"]), ...(hasBody ? ["body"] : []), word];
  const imports = [
    ...(body.includes("randomUUID") ? ['import { randomUUID } from "node:crypto";'] : []),
    `import { ${camelCase(name)} } from "${scope}/contracts/${name}";`,
    ...["problem", "reply"]
      .filter((each) => body.includes(`${each}(`))
      .map((each) => `import { ${each} } from "${GATEWAY}/${each}";`),
    'import { lambda } from "@lucky/resources/lambda";',
  ];
  return `${imports.join("\n")}

export const handler = lambda(${camelCase(name)}, async ({ ${parts.join(", ")} }) => ${body});
`;
}

const MISSING = `problem("${NO_ITEM}", "Nothing is kept under that id.")`;

const BODIES: Readonly<Record<Method, (names: Names) => string>> = {
  GET: ({ table, key }) => `(await ${table}.get(${key})) ?? ${MISSING}`,
  POST: ({ table, path }) => `{
  const item = { ...body, id: randomUUID() };
  await ${table}.create(item);
  return reply(201, item, { headers: { location: \`${path}/$\{item.id}\` } });
}`,
  PUT: ({ table, key }) => `{
  const item = { ...body, ${key === "params" ? "...params" : key.slice(2, -2)} };
  await ${table}.put(item);
  return item;
}`,
  PATCH: ({ table, key }) => `(await ${table}.update(${key}, { set: body })) ?? ${MISSING}`,
  DELETE: ({ table, key }) => `{
  await ${table}.delete(${key});
  return reply(204);
}`,
};

/** Its test, which writes and reads the table itself. */
export function tableHandlerTestSource(draft: TableFunction, scope: string): string {
  const { name, table, hasBody } = draft;
  const word = camelCase(table.name);
  const tests = testsOf(draft).join("\n");
  const tables = `useTables(${camelCase(name)});`;
  return `import { ${camelCase(name)} } from "${scope}/contracts/${name}";
import { invoke } from "@lucky/gateway/testing";
import { useTables } from "@lucky/resources/testing";
import { describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

${tests.includes(`${word}.`) ? `const { ${word} } = ${tables}` : tables}

describe("${name}", () => {
${tests}${hasBody ? `\n${REFUSES}` : ""}});
`;
}

const REFUSES = `  test("tells what to do about a wrong field", async () => {
    const { status, body } = await invoke(handler, { ...event, body: '{"text":7}' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: "#/text", detail: "Give a string." }]);
  });
`;

function testsOf({ method, path, table }: TableFunction): readonly string[] {
  const word = camelCase(table.name);
  const item = JSON.stringify(itemExampleOf("7"));
  const other = JSON.stringify({ ...itemExampleOf("7"), text: "Something else" });
  const put = (value: string) => `    await ${word}.put(${value});\n`;
  const misses = `  test("has no item that was never kept", async () => {
    const { status, body } = await invoke(handler, event);
    expect({ status, title: body.title }).toEqual({ status: 404, title: "There is no such item" });
  });
`;
  const answers = (title: string, before: string, after: string) => `  test("${title}", async () => {
${before}    const { status, body } = await invoke(handler, event);
    expect({ status, body }).toEqual({ status: 200, body: ${item} });
${after}  });
`;
  const isKept = `    expect(await ${word}.get({ id: "7" })).toEqual(${item});\n`;
  switch (method) {
    case "GET":
      return [...(table.isOurs ? [answers("reads an item that is kept", put(item), "")] : []), misses];
    case "POST":
      return [
        `  test("keeps the item of event.json, and says where it is", async () => {
    const { status, headers, body } = await invoke(handler, event);
    expect({ status, location: headers.location }).toEqual({ status: 201, location: \`${path}/$\{body.id}\` });
    expect(await ${word}.get({ id: body.id })).toEqual({ ...${JSON.stringify({ text: itemExampleOf("").text })}, id: body.id });
  });
`,
      ];
    case "PUT":
      return [answers("keeps the item of event.json in the place of another", put(other), isKept)];
    case "PATCH":
      return [answers("changes an item that is kept", put(other), isKept), misses];
    case "DELETE":
      return [
        `  test("${table.isOurs ? "removes an item" : "has nothing to remove, and says nothing of it"}", async () => {
${table.isOurs ? put(item) : ""}    expect((await invoke(handler, event)).status).toBe(204);
${table.isOurs ? `    expect(await ${word}.get({ id: "7" })).toBeUndefined();\n` : ""}  });
`,
      ];
  }
}
