import { readdirSync } from "node:fs";
import { loadApplication } from "@lucky/application/application";
import { fixture } from "@lucky/fixture";
import type { Contract } from "@lucky/gateway/contract";
import { lambda } from "@lucky/gateway/lambda";
import { problem } from "@lucky/gateway/problem";
import { eventsFolder, recorded } from "@lucky/gateway/recorded";
import type { Schema } from "@lucky/gateway/schema";
import { context, invoke } from "@lucky/gateway/testing";
import { describe, expect, test, vi } from "vitest";
import { chooseFunction } from "../gateways/choose-function.ts";
import { type GatewayName, gateways } from "../gateways/index.ts";
import { newRequestIds } from "../gateways/request-ids.ts";
import { functionOf } from "./event-function.ts";
import { explainEvent } from "./explanation.ts";

const RAN = 418;
/** A contract's own handler, whose function does nothing but answer that it ran. */
const handlerOf = (of: Contract) => {
  const problems = { ...of.problems, "it-ran": { status: RAN, title: "It ran" } };
  return lambda({ ...of, problems }, () => problem("it-ran", ""));
};
/** That explain says what the handler does: the same answer without the function, or that it runs. */
async function expectAgreement(event: unknown, of: Contract): Promise<number> {
  const answer = await invoke(handlerOf(of), event);
  const { status = RAN, findings } = await explainEvent(event, { name: "it", contract: of });
  const told = JSON.stringify({ event, contract: `${of.method} ${of.path}`, findings });
  expect(status, told).toBe(answer.status);
  expect(findings.at(-1)?.ok, told).toBe(status < 400 || status === RAN);
  if (typeof answer.body === "object" && status !== RAN) {
    expect(findings.at(-1)?.finding).toContain(`${status} ${answer.body.type.replace("urn:problem:", "")}: `);
    expect(findings.at(-1)?.errors?.length ?? 0).toBe(answer.body.errors?.length ?? 0);
  }
  return status;
}

const { functions } = await loadApplication(fixture);
const contracts = functions.map((each): [name: string, Contract] => [each.name, each.contract]);
const namesIn = (folder: URL) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(".json", ""));
const anything: Schema = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } };
const declare = (method: Contract["method"], path: Contract["path"], body?: Schema): Contract => ({
  method,
  path,
  summary: "",
  ...(body && { body, example: {} }),
  reply: { 204: null },
});

describe("explain and the handler agree on every recorded event", () => {
  const events = namesIn(eventsFolder);

  test.each(contracts)("for %s", async (_, of) => {
    for (const name of events) await expectAgreement(recorded(name), of);
  });

  test.each(events)("for the contract that %s is for", async (name) => {
    const statuses = await Promise.all([
      expectAgreement(recorded(name), declare("POST", "/lucky_numbers", anything)),
      expectAgreement(recorded(name), declare("GET", "/my/path")),
      expectAgreement(recorded(name), declare("GET", "/draws/{id}")),
    ]);
    expect(statuses).toContain(name === "http-curl-form" ? 415 : RAN);
  });

  test.each(namesIn(new URL("other/", eventsFolder)))(
    "that is not HTTP, and has no answer: %s",
    async (name) => {
      const event = recorded(`other/${name}`);
      const refusal = await handlerOf(declare("GET", "/x"))(event, context).catch(
        (error: Error) => error.message,
      );
      expect(await explainEvent(event, { name: "it", contract: declare("GET", "/x") })).toEqual({
        findings: [{ name: "event", finding: refusal, ok: false }],
      });
    },
  );
});

/** What may come of a request, and the status that it must have at least once for some function. */
const BODIES: Readonly<Record<string, readonly [type: string, body: string, status: number]>> = {
  none: ["", "", 400],
  "a wrong one": ["application/json", '{"name":1}', 422],
  "a malformed one": ["application/json", '{"name":', 400],
  "a form": ["application/x-www-form-urlencoded", "name=Ada", 415],
  "an odd charset": ["application/json; charset=utf-16", "{}", 415],
  "one that is too large": ["application/json", `"${"x".repeat(70_000)}"`, 413],
  "no UTF-8": ["application/vnd.api+json", "\xff", 400],
};
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

const toEvent = (
  name: GatewayName,
  of: Contract,
  method: string,
  [type, body]: readonly [string, string, ...unknown[]],
  path?: string,
) =>
  gateways[name].toEvent(
    {
      ...newRequestIds(),
      method,
      target: path ?? of.path.replace("{id}", "7").replace(/\{path\+?\}/, "a"),
      headers: [["Host", "localhost"], ...(type ? [["Content-Type", type] as const] : [])],
      body: Buffer.from(body, "latin1"),
      sourceIp: "127.0.0.1",
    },
    of.path,
  );
const exampleOf = ({ body, example }: Contract) =>
  body === undefined
    ? (BODIES.none ?? ["", ""])
    : ([body.media?.type ?? "application/json", body.media ? "x" : JSON.stringify(example)] as const);

describe.each(Object.keys(gateways) as GatewayName[])(
  "explain and the handler agree on events of %s",
  (name) => {
    test.each(contracts)("for every method and body: %s", async (_, of) => {
      for (const method of METHODS) {
        for (const body of [exampleOf(of), ...Object.values(BODIES)]) {
          await expectAgreement(toEvent(name, of, method, body), of);
          await expectAgreement(toEvent(name, of, method, body, "/nowhere"), of);
        }
      }
    });

    test("and each thing that may come of a body comes of it", async () => {
      const of = declare("POST", "/x", functions[0]?.contract.body);
      expect(
        await expectAgreement(
          toEvent(name, of, "POST", ["application/json", '{"name":"Ada","count":1}']),
          of,
        ),
      ).toBe(RAN);
      for (const [what, body] of Object.entries(BODIES)) {
        expect(await expectAgreement(toEvent(name, of, "POST", body), of), what).toBe(body[2]);
      }
      expect(await expectAgreement(toEvent(name, of, "OPTIONS", ["", ""]), of)).toBe(204);
      expect(await expectAgreement(toEvent(name, of, "DELETE", ["", ""]), of)).toBe(405);
    });

    test("and on broken ones", async () => {
      const of = declare("POST", "/x", anything);
      const event = toEvent(name, of, "POST", ["application/json", "{}"]);
      const broken = [
        { body: "§", isBase64Encoded: true },
        { body: 7 },
        { headers: null, multiValueHeaders: null },
        { headers: [] },
        { path: null, rawPath: 1, resource: {}, routeKey: "$default" },
        { requestContext: { http: {}, elb: {} } },
        { resource: "/{proxy+}", routeKey: "ANY /{proxy+}" },
      ];
      for (const change of broken) await expectAgreement({ ...event, ...change }, of);
    });

    test("and on which function it is for, as that gateway has chosen", () => {
      const paths = [
        "/notes",
        "/notes/7",
        "/files/a",
        "/files/a/b",
        "/greetings",
        "/images",
        "/openapi.json",
      ];
      for (const method of METHODS) {
        for (const path of paths) {
          const chosen = chooseFunction(functions, { method, path }, gateways[name].choice);
          if (chosen === undefined) continue; // the gateway sends no event
          const event = toEvent(name, chosen.contract, method, ["", ""], path);
          expect(functionOf(event, functions).name, `${method} ${path}`).toBe(chosen.name);
        }
      }
    });
  },
);

describe("what is said of a body", () => {
  const headers = v({ authorization: "Bearer x" });
  const of = { ...declare("POST", "/x", anything), headers };
  const say = async (given: object, body: string) => {
    const event = { headers: { "content-type": "application/json", ...given }, body };
    const { findings } = await explainEvent(event, { name: "it", contract: of });
    return findings.slice(7).map(({ name, ok }) => `${ok ? "✓" : "✗"} ${name}`);
  };
  /** Takes just these headers, and says which is wrong. */
  function v(wanted: Record<string, string>): Schema {
    const validate = (value: unknown) => {
      const wrong = Object.entries(wanted).find(
        ([name, text]) => (value as Record<string, unknown>)[name] !== text,
      );
      return wrong ? { issues: [{ message: "no", path: [wrong[0]] }] } : { value };
    };
    return { "~standard": { version: 1, vendor: "test", validate } };
  }

  test.each<[what: string, given: object, body: string, said: string[]]>([
    ["nothing before the caller is known", {}, "{}", ["✓ route", "✗ parts"]],
    ["that it cannot be read", { authorization: "Bearer x" }, "{", ["✓ route", "✗ body"]],
    ["that it can", { authorization: "Bearer x" }, "{}", ["✓ route", "✓ body", "✓ contract"]],
    ["nothing where there is none", { authorization: "Bearer x" }, "", ["✓ route", "✓ contract"]],
  ])("%s", async (_, given, body, said) => {
    expect(await say(given, body)).toEqual(said);
  });
});

describe("the function of an event", () => {
  test("is that of its method, where several have its path", () => {
    for (const [method, name] of [
      ["GET", "read-note"],
      ["PUT", "replace-note"],
      ["HEAD", "read-note"],
    ]) {
      const event = recorded("rest-get", {
        httpMethod: method,
        resource: "/notes/{id}",
        path: "/base/notes/7",
      });
      expect(functionOf(event, functions).name).toBe(name);
    }
  });

  test("is the only one there is, whatever the event", () => {
    const [only] = functions;
    for (const name of ["bare", "http", "other/sqs"]) {
      expect(functionOf(recorded(name), functions.slice(0, 1))).toBe(only);
    }
  });

  test("is none where there are none", () => {
    expect(() => functionOf(recorded("http"), [])).toThrow("There are no functions yet: pnpm new");
  });
});

test("explain and the handler agree where a schema throws", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  const validate = () => {
    throw new RangeError("no such table");
  };
  const throwing: Schema = { "~standard": { version: 1, vendor: "test", validate } };
  const of = declare("POST", "/x", throwing);
  expect(await expectAgreement({ body: "{}" }, of)).toBe(500);
  expect(log).toHaveBeenCalledOnce();
  const { findings } = await explainEvent({ body: "{}" }, { name: "it", contract: of });
  expect(findings.at(-1)?.finding).toContain("RangeError: no such table");
});
