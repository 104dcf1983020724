import { expect, test } from "vitest";
import { outcomeOf, serveGateway } from "../testing/serve-gateway.ts";
import type { GatewayName } from "./index.ts";

/** What each gateway adds, beside Date and Connection. */
const ADDED: Readonly<Record<GatewayName, Readonly<Record<string, unknown>>>> = {
  http: { "apigw-requestid": expect.stringMatching(/^[\w-]{15}=$/) },
  rest: {
    "x-amzn-requestid": expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
    "x-amz-apigw-id": expect.stringMatching(/^[\w-]{15}=$/),
    "x-amzn-trace-id": expect.stringMatching(
      /^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0;Lineage=1:[\da-f]{8}:0$/,
    ),
  },
  url: {
    "x-amzn-requestid": expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
    "x-amzn-trace-id": expect.stringMatching(/^Root=1-/),
  },
  alb: { server: "awselb/2.0" },
};
const JSON_TYPE = { "content-type": "application/json" };
const TEXT_TYPE = { "content-type": "text/plain;charset=UTF-8" };
const HTML_TYPE = { "content-type": "text/html" };
const REST_ERROR = { ...JSON_TYPE, "x-amzn-errortype": "InternalServerErrorException" };
const THROWN = "(an error that is thrown)";

type Given = unknown;
type Sent = readonly [status: number, headers: Readonly<Record<string, unknown>>, body: unknown];

/** As AWS answered what a function gave back; from captures and test suites that ran against it. */
const RESPONSES: readonly (readonly [gateway: GatewayName, result: Given, response: Sent])[] = [
  ["http", { hello: "you" }, [200, JSON_TYPE, '{"hello":"you"}']],
  ["http", [1, "a", true], [200, JSON_TYPE, '[1,"a",true]']],
  ["http", "Hello, you!", [200, JSON_TYPE, "Hello, you!"]],
  ["http", 'So "quoted"', [200, JSON_TYPE, 'So "quoted"']],
  ["http", "", [200, JSON_TYPE, ""]],
  ["http", 42, [200, JSON_TYPE, "42"]],
  ["http", true, [200, JSON_TYPE, "true"]],
  ["http", { statusCode: 201, body: '{"a":1}' }, [201, TEXT_TYPE, '{"a":1}']],
  ["http", { statusCode: 200, headers: JSON_TYPE, body: "{}" }, [200, JSON_TYPE, "{}"]],
  ["http", { statusCode: 200, body: "aGk=", isBase64Encoded: true }, [200, TEXT_TYPE, "hi"]],
  ["http", { statusCode: 0 }, [500, JSON_TYPE, '{"message":"Internal Server Error"}']],
  ["http", { statusCode: 200.5 }, [500, JSON_TYPE, '{"message":"Internal Server Error"}']],
  ["http", THROWN, [500, JSON_TYPE, '{"message":"Internal Server Error"}']],

  ["rest", { statusCode: 200 }, [200, JSON_TYPE, ""]],
  ["rest", { headers: { "x-a": "b" } }, [200, { ...JSON_TYPE, "x-a": "b" }, ""]],
  ["rest", { statusCode: "201" }, [201, JSON_TYPE, ""]],
  ["rest", { statusCode: 200, headers: null }, [200, JSON_TYPE, ""]],
  ["rest", { statusCode: 200, headers: { "x-a": true } }, [200, { ...JSON_TYPE, "x-a": "true" }, ""]],
  ["rest", { multiValueHeaders: { "x-a": ["1", "2"] } }, [200, { ...JSON_TYPE, "x-a": ["1", "2"] }, ""]],
  [
    "rest",
    { headers: { "x-a": "alone" }, multiValueHeaders: { "X-A": ["listed"] } },
    [200, { ...JSON_TYPE, "x-a": ["listed", "alone"] }, ""],
  ],
  ["rest", { multiValueHeaders: { "x-a": "1" } }, [502, REST_ERROR, '{"message":"Internal server error"}']],
  ["rest", { statusCode: 200, other: 1 }, [502, REST_ERROR, '{"message":"Internal server error"}']],
  ["rest", { statusCode: "ok" }, [502, REST_ERROR, '{"message":"Internal server error"}']],
  ["rest", "text", [502, REST_ERROR, '{"message":"Internal server error"}']],
  ["rest", THROWN, [502, REST_ERROR, '{"message":"Internal server error"}']],
  // AWS decodes it for the binary media types of the API alone: here, all types are.
  ["rest", { body: "aGk=", isBase64Encoded: true }, [200, JSON_TYPE, "hi"]],

  ["url", { hello: "you" }, [200, JSON_TYPE, '{"hello":"you"}']],
  ["url", ["hello", 3, true], [200, JSON_TYPE, '["hello",3,true]']],
  ["url", "hello", [200, JSON_TYPE, "hello"]],
  ["url", 3.1, [200, JSON_TYPE, "3.1"]],
  ["url", { statusCode: 200, body: "text" }, [200, JSON_TYPE, "text"]],
  ["url", { statusCode: "418", body: "tea" }, [418, JSON_TYPE, "tea"]],
  ["url", THROWN, [502, JSON_TYPE, "Internal Server Error"]],

  ["alb", { statusCode: 200, headers: TEXT_TYPE, body: "hi" }, [200, TEXT_TYPE, "hi"]],
  ["alb", { statusCode: 200, statusDescription: "200 OK", headers: {}, body: "" }, [200, {}, ""]],
  ["alb", "text", [502, HTML_TYPE, expect.stringContaining("502 Bad Gateway")]],
  ["alb", THROWN, [502, HTML_TYPE, expect.stringContaining("502 Bad Gateway")]],
];

test.each(RESPONSES)("%s answers %j as AWS does, header by header", async (gateway, result, response) => {
  const error = { errorType: "Error", errorMessage: "x", trace: [] };
  const outcome = result === THROWN ? outcomeOf(error, true) : outcomeOf(result);
  const served = await serveGateway(gateway, { stage: "$default", outcome });
  const { status, headers, body } = await served.send("GET /", [["Host", "localhost"]]);
  await served.close();
  const [expectedStatus, expectedHeaders, expectedBody] = response;
  expect([status, body]).toEqual([expectedStatus, expectedBody]);
  expect(listed(headers)).toEqual({
    ...ADDED[gateway],
    ...expectedHeaders,
    "content-length": String(Buffer.byteLength(body)),
  });
});

/** By name: a text, or a list of those that came more than once. */
function listed(headers: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    if (["date", "connection"].includes(name)) continue;
    const earlier = record[name];
    record[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return record;
}
