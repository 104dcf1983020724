import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// What the compiler says of usual mistakes, in its first lines.

const src = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
const folder = mkdtempSync(join(src, "../node_modules/.messages-")); // where zod is found

const HEAD = `import * as z from "zod/mini";
import { contract } from ${JSON.stringify(join(src, "contract/contract.ts"))};
import { problem } from ${JSON.stringify(join(src, "contract/problem.ts"))};
import { reply } from ${JSON.stringify(join(src, "contract/reply.ts"))};
import { type CallWith, lambda } from ${JSON.stringify(join(src, "http/lambda.ts"))};
import { lambdaWith } from ${JSON.stringify(join(src, "http/shared.ts"))};
const base = { method: "GET", path: "/orders/{id}", summary: "" } as const;
const order = contract({
  ...base,
  reply: {
    200: z.object({
      id: z.string(),
      state: z.enum(["open", "closed"]),
      note: z.optional(z.string()),
      items: z.array(z.object({ price: z.number() })),
    }),
    204: null,
  },
  problems: { lost: { status: 404, title: "It is lost" }, late: { status: 409, title: "It is late" } },
});
const deleted = contract({ ...base, reply: { 204: null } });
const locked = lambdaWith({ check: () => (Math.random() < 0.5 ? problem("locked", "Wait.") : { user: "7" }) });
const made = contract({
  ...base,
  reply: { 200: z.string(), 201: z.string(), 204: null },
  replyHeaders: { 200: { etag: "Its version" }, 201: { location: "Where it is", etag: "Its version" }, 204: { etag: "Its version" } },
});
export { base, type CallWith, contract, deleted, lambda, made, lambdaWith, locked, order, problem, reply, z };
`;

const mistakes: readonly [mistake: string, code: string, sentence: string][] = [
  [
    "a field of another type",
    `lambda(order, () => ({ id: 7, state: "open", items: [] }));`,
    `"Reply 200, #/id: give a string, not 7."`,
  ],
  [
    "a field that is missing, and a function that is async",
    `lambda(order, async () => ({ id: "7", state: "open" }));`,
    `"Reply 200, #/items is missing."`,
  ],
  [
    "a field deep within",
    `lambda(order, async () => ({ id: "7", state: "open", items: [{ price: "1" }] }));`,
    String.raw`"Reply 200, #/items/*/price: give a number, not \"1\"."`,
  ],
  [
    "another literal",
    `lambda(order, ({ params }) => ({ id: params.id, state: "opened", items: [] }));`,
    String.raw`"Reply 200, #/state: give \"closed\" or \"open\", not \"opened\"."`,
  ],
  [
    "null for what may be left out",
    `lambda(order, () => ({ id: "7", state: "open", note: null, items: [] }));`,
    `"Reply 200, #/note: give a string or undefined, not null."`,
  ],
  [
    "a status that the contract does not have",
    `lambda(order, () => reply(201, { id: "7" }));`,
    `"The contract has no reply 201. It has: 200, 204."`,
  ],
  [
    "a body where there is none",
    `lambda(order, () => reply(204, { id: "7" }));`,
    `"Reply 204 has no body: return reply(204)."`,
  ],
  [
    "no body where there is one",
    `lambda(order, () => reply(200));`,
    `"Reply 200, #: give an object, not undefined."`,
  ],
  [
    "a problem that the contract does not have",
    `lambda(order, () => problem("losst", "Find it."));`,
    String.raw`"The contract has no problem \"losst\". It has: late, lost."`,
  ],
  [
    "a problem, where the contract has none",
    `lambda(deleted, () => problem("lost", "Find it."));`,
    String.raw`"The contract has no problems: declare \"lost\" in its problems."`,
  ],
  [
    "a header that its reply declares and does not have",
    `lambda(made, async () => reply(201, "x", { headers: { ETag: "1", "x-a": "b" } }));`,
    `"Reply 201 has to have the headers that its contract declares: location. Give them: reply(201, body, { headers })."`,
  ],
  [
    "a plain value where its reply has a header",
    `lambda(made, () => "x");`,
    `"Reply 200 has to have the headers that its contract declares: etag. Give them: reply(200, body, { headers })."`,
  ],
  [
    "no headers of a reply without a body",
    `lambda(made, () => reply(204));`,
    `"Reply 204 has to have the headers that its contract declares: etag. Give them: reply(204, body, { headers })."`,
  ],
  [
    "headers of a reply that the contract does not have",
    `contract({ ...base, reply: { 204: null }, replyHeaders: { 201: { location: "Where it is" } } });`,
    `"The contract has neither a reply nor a problem of the status 201"`,
  ],
  ["no return", `lambda(order, () => {});`, `"Reply 200 has a body, and the function returns none."`],
  [
    "a plain value, where there is no reply 200",
    `lambda(deleted, () => "done");`,
    `"A plain value is a reply 200, and the contract has none. It has: 204."`,
  ],
  [
    "a promise in a field",
    `lambda(order, () => ({ id: Promise.resolve("7"), state: "open", items: [] }));`,
    `"Reply 200, #/id: give a string, not a promise (await it)."`,
  ],
  [
    "one of several returns",
    `lambda(order, async ({ params }) => {
  if (params.id === "7") return problem("lsot", "Find it.");
  return { id: params.id, state: "open", items: [] };
});`,
    String.raw`"The contract has no problem \"lsot\". It has: late, lost."`,
  ],
  [
    "a part that a call has by itself",
    `export type Around = CallWith<typeof order, { readonly body: string }>;`,
    `"A call has body by itself: give the part another name."`,
  ],
  [
    "a Date in a reply",
    `contract({ ...base, reply: z.object({ at: z.date() }) });`,
    `"#/at is a Date, which JSON does not have. Write: z.codec(z.iso.datetime(), z.date(), `,
  ],
  [
    "a transform in a reply of one status",
    `contract({ ...base, reply: { 200: z.pipe(z.string(), z.transform(Number)), 204: null } });`,
    `"# has a transform without a way back. Write: z.codec(before, after, { decode, encode })"`,
  ],
  [
    "a check that ends with a problem that the contract does not have",
    `locked(order, () => reply(204));`,
    String.raw`"Of a check before it: The contract has no problem \"locked\". It has: late, lost."`,
  ],
  [
    "a check that ends with a reply that the contract does not have",
    `lambdaWith({ check: async () => reply(304) })(order, () => reply(204));`,
    `"Of a check before it: The contract has no reply 304. It has: 200, 204."`,
  ],
  [
    "a caller that a check calls unknown, where the contract does not ask who calls",
    `lambdaWith({ check: () => problem("unauthenticated", "Sign in.") })(deleted, () => reply(204));`,
    `"Of a check before it: Ask who calls in the contract's headers: authorization."`,
  ],
  [
    "a wrong reply of a function behind a check",
    `locked.with({ headers: { "x-a": "b" } })(
  contract({ ...base, reply: z.object({ id: z.string() }), problems: { locked: { status: 423, title: "" } } }),
  async () => ({ id: 7 }),
);`,
    `"Reply 200, #/id: give a string, not 7."`,
  ],
  [
    "a part of a check that a call has by itself",
    `lambdaWith({ check: async () => ({ user: "7", body: "" }) });`,
    `"A call has body by itself: give the part another name."`,
  ],
  [
    "a part of a check that an earlier one gives",
    `locked.with({ check: () => ({ user: "8" }) });`,
    `"A call has user from another check: give the part another name."`,
  ],
  [
    "a check that gives no parts",
    `lambdaWith({ check: () => "7" });`,
    `"A check gives an object with the parts that it adds, a problem, a reply, or nothing."`,
  ],
];

let said: ReadonlyMap<number, readonly string[]>;
beforeAll(() => {
  writeFileSync(join(folder, "head.ts"), HEAD);
  for (const [index, [, code]] of mistakes.entries()) {
    const head = `import { base, type CallWith, contract, deleted, lambda, lambdaWith, locked, made, order, problem, reply, z } from "./head.ts";`;
    writeFileSync(join(folder, `m${index}.ts`), `${head}\n${code}\n`);
  }
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(src, "../../../tsconfig.base.json"),
      compilerOptions: { types: ["node"], noUnusedLocals: false },
      include: ["*.ts"],
    }),
  );
  const { stdout } = spawnSync(process.execPath, [tsc, "--project", folder], {
    cwd: folder,
    encoding: "utf8",
  });
  const errors = stdout
    .split(/^(?=\S)/m)
    .map((error) => [Number(/^m(\d+)\.ts/.exec(error)?.[1]), error.split("\n")] as const);
  said = new Map(errors);
  expect(errors.map(([index]) => index).sort((a, b) => a - b)).toEqual([...mistakes.keys()]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the compiler says in its first lines what is wrong and where:", () => {
  test.each(mistakes.map(([mistake, , sentence], index) => [mistake, index, sentence] as const))(
    "%s",
    (_, index, sentence) => {
      const lines = said.get(index) ?? [];
      expect(lines.slice(0, 4).join("\n")).toContain(sentence);
    },
  );
});
