import { expect, test } from "vitest";
import { readDomain } from "./domain.ts";

const NAME = "api.example.com";
const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0f-1";
const read = (API_DOMAIN: string, API_CERTIFICATE_ARN: string) =>
  readDomain({ API_DOMAIN, API_CERTIFICATE_ARN }, "eu-central-1");

test("a domain may have a certificate, where its zone is elsewhere", () => {
  expect(read("", "")).toBeUndefined();
  expect(read(NAME, "")).toEqual({ name: NAME });
  expect(read(NAME, CERTIFICATE)).toEqual({ name: NAME, certificateArn: CERTIFICATE });
});

test("a certificate is refused without a domain, and in another region", () => {
  expect(() => read("", CERTIFICATE)).toThrow("set API_DOMAIN as well");
  expect(() => read(NAME, CERTIFICATE.replace("eu-central-1", "us-east-1"))).toThrow(
    "use a certificate in eu-central-1",
  );
  expect(() => read(NAME, "0f-1")).toThrow('API_CERTIFICATE_ARN is "0f-1": use the ARN');
});
