import { pascalCase } from "@lucky/gateway/name";
import type { Draft } from "../draft.ts";
import { answerOf, describe, exampleOf } from "./example.ts";

/** packages/core/src/<name>.ts: what goes in, what comes out, and the logic between. */
export function coreSource(draft: Draft): string {
  const { name, params, hasBody } = draft;
  const Name = pascalCase(name);
  const hasParams = params.length > 0;
  const parameters = [
    ...(hasParams ? [`params: ${Name}Params`] : []),
    ...(hasBody ? [`{ name }: ${Name}Request`] : []),
  ];
  const message = hasBody ? "`Hello, $" + "{name}!`" : `"Hello from ${name}."`;
  return [
    'import * as z from "./zod.ts";',
    `// What goes in, what comes out, and the logic between: begin here. A schema tells callers by itself what is wrong with
// a value. They are zod/mini's: z.int().check(z.gte(1), z.lte(6)), z._default(z.string(), "x"); and z.coerce.number()
// makes a number of a parameter.`,
    ...(hasParams ? [paramsSchema(Name, params)] : []),
    ...(hasBody ? [bodySchema(Name)] : []),
    `export const ${Name}Reply = ${hasParams ? `z.extend(${Name}Params, ${REPLY})` : `z.object(${REPLY})`};
export type ${Name}Reply = z.infer<typeof ${Name}Reply>;`,
    `/** Pure: a clock, randomness or a database comes in as a parameter. */
export function answer${Name}(${parameters.join(", ")}): ${Name}Reply {
  return { ${hasParams ? "...params, " : ""}message: ${message} };
}\n`,
  ].join("\n\n");
}

const REPLY = "{ message: z.string() }";

function paramsSchema(Name: string, params: readonly string[]): string {
  const fields = params.map((param) => `${param}: z.string().check(z.maxLength(128))`);
  return `/** The parameters of the path. */
export const ${Name}Params = z.object({ ${fields.join(", ")} });
export type ${Name}Params = z.infer<typeof ${Name}Params>;`;
}

function bodySchema(Name: string): string {
  return `/** Who is greeted, in at most 80 characters. */
export const ${Name}Request = z.object({ name: z.string().check(z.maxLength(80)) });
export type ${Name}Request = z.infer<typeof ${Name}Request>;`;
}

/** Its test. */
export function coreTestSource(draft: Draft): string {
  const { name, params, hasBody } = draft;
  const Name = pascalCase(name);
  const example = exampleOf(draft);
  const given = [...(params.length > 0 ? [example.params] : []), ...(hasBody ? [example.body] : [])];
  const call = `answer${Name}(${given.map((value) => JSON.stringify(value)).join(", ")})`;
  const imports = [`answer${Name}`, `${Name}Reply`, ...(hasBody ? [`${Name}Request`] : [])];
  const takesNames = `
  test("takes a name of at most 80 characters", () => {
    const accepts = (name: string) => z.safeParse(${Name}Request, { name }).success;
    expect(["", "x".repeat(80), "x".repeat(81)].map(accepts)).toEqual([true, true, false]);
  });
`;
  return `import { describe, expect, test } from "vitest";
import { ${imports.join(", ")} } from "./${name}.ts";
import * as z from "./zod.ts";

describe("${name}", () => {
  test("${describe(draft)}", () => {
    expect(${call}).toEqual(${JSON.stringify(answerOf(draft))});
  });

  test("keeps its own contract", () => {
    const reply = ${call};
    expect(z.parse(${Name}Reply, reply)).toEqual(reply);
  });
${hasBody ? takesNames : ""}});
`;
}
