import { camelCase, pascalCase } from "@lucky/gateway/name";
import type { Draft } from "../draft.ts";
import { answerOf, exampleOf } from "./example.ts";

/** functions/<name>/src/handler.ts: what Lambda runs. */
export function handlerSource({ name, params, hasBody }: Draft, scope: string): string {
  const parts = [...(params.length > 0 ? ["params"] : []), ...(hasBody ? ["body"] : [])].join(", ");
  const answer = `answer${pascalCase(name)}`;
  return `import { ${camelCase(name)} } from "${scope}/contracts/${name}";
import { ${answer} } from "${scope}/core/${name}";
import { lambda } from "@lucky/gateway/lambda";

// What needs Node or AWS, such as a database, belongs beside this file, and goes into ${answer} as a parameter.
export const handler = lambda(${camelCase(name)}, (${parts === "" ? "" : `{ ${parts} }`}) => ${answer}(${parts}));
`;
}

/** Its test. */
export function handlerTestSource(draft: Draft): string {
  const { name, params, hasBody } = draft;
  const [param] = params;
  return `import { invoke } from "@lucky/gateway/testing";
import { describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

describe("${name}", () => {
  test("answers the request of event.json", async () => {
    const { status, body } = await invoke(handler, event);
    expect({ status, body }).toEqual({ status: 200, body: ${JSON.stringify(answerOf(draft))} });
  });
${
  hasBody
    ? `
  test("tells what to do about a wrong field", async () => {
    const { status, body } = await invoke(handler, { ...event, body: '{"name":7}' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: "#/name", detail: "Give a string." }]);
  });
`
    : ""
}${
  param === undefined
    ? ""
    : `
  test("tells what to do about a parameter that is too long", async () => {
    const pathParameters = { ...event.pathParameters, ${param}: "x".repeat(129) };
    const { status, body } = await invoke(handler, { ...event, pathParameters });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ in: "path", pointer: "#/${param}", detail: "Use at most 128 characters." }]);
  });
`
}});
`;
}

/** functions/<name>/event.json: the event that `pnpm invoke` sends. */
export function eventSource(draft: Draft): string {
  const { params, body } = exampleOf(draft);
  return JSON.stringify({
    body: draft.hasBody ? JSON.stringify(body) : null,
    ...(draft.params.length > 0 && { pathParameters: params }),
  });
}

export function packageSource({ name, table }: Draft, scope: string): string {
  const workspace = (names: readonly string[]) =>
    Object.fromEntries(names.map((each) => [each, "workspace:*"]));
  const catalog = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, "catalog:"]));
  return JSON.stringify(
    {
      name: `${scope}/function-${name}`,
      private: true,
      type: "module",
      scripts: { test: "vitest run --config ../../vitest.config.ts", typecheck: "tsc" },
      dependencies: workspace([
        `${scope}/contracts`,
        ...(table ? ["@lucky/gateway", "@lucky/resources"] : [`${scope}/core`, "@lucky/gateway"]),
      ]),
      devDependencies: catalog(["@types/node", "typescript", "vitest"]),
    },
    null,
    2,
  );
}

export function tsconfigSource(): string {
  return `{
  "extends": "../../tsconfig.base.json",
  "compilerOptions": { "types": ["node", "@lucky/gateway/files"] },
  "include": ["src"]
}`;
}
