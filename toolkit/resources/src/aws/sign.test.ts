import { describe, expect, test } from "vitest";
import { sign } from "./sign.ts";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-test-suite.html
const example = { host: "example.amazonaws.com", region: "us-east-1", service: "service" };
const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const at = new Date("2015-08-30T12:36:00Z");

describe("a signature is the one of AWS's own test suite", () => {
  test("post-vanilla", () => {
    expect(sign({ ...example, headers: {}, body: "" }, credentials, at)).toEqual({
      host: "example.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    });
  });

  test("post-x-www-form-urlencoded", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const { authorization } = sign({ ...example, headers, body: "Param1=value1" }, credentials, at);
    expect(authorization).toContain("SignedHeaders=content-type;host;x-amz-date, ");
    expect(authorization).toContain(
      "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    );
  });
});

test("a day's key is not taken for another day, service or secret", () => {
  const unsigned = { ...example, headers: {}, body: "" };
  const first = sign(unsigned, credentials, at);
  const others = [
    sign(unsigned, credentials, new Date("2015-08-31T12:36:00Z")),
    sign({ ...unsigned, service: "ssm" }, credentials, at),
    sign(unsigned, { ...credentials, secretAccessKey: "another" }, at),
  ];
  const signatures = [first, ...others].map(({ authorization = "" }) => authorization.slice(-64));
  expect(new Set(signatures).size).toBe(4);
  expect(sign(unsigned, credentials, at)).toEqual(first);
});
