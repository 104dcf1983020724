import { expect, test } from "vitest";
import { foreignHostOf } from "./host.ts";

const ask = (hosts: readonly string[], url = "/", allowed?: readonly string[]) =>
  foreignHostOf({ url, headersDistinct: { host: [...hosts] } }, allowed);

test.each([
  "localhost",
  "LOCALHOST:3000",
  "localhost.",
  "localhost.:3000",
  "lucky.localhost:3000",
  "127.0.0.1",
  "127.0.0.1:3000",
  "127.0.0.1.",
  "127.0.0.2",
  "0.0.0.0:3000",
  "192.168.1.20:3000",
  "[::1]",
  "[::1]:3000",
  "[::ffff:127.0.0.1]:3000",
  "[FE80::1]",
])("%s is this machine, for no name can lead there", (host) => {
  expect(ask([host])).toBeUndefined();
});

test.each([
  "evil.example",
  "evil.example:3000",
  "localhost.evil.example",
  "127.0.0.1.evil.example:3000",
  "evil.example.",
  "evillocalhost",
  "127.0.0.1.nip.io",
  "127.0.0.1@evil.example",
  "evil.example:80:80",
  "evil.example#.localhost:x",
  "[evil.example]",
  "[::1].evil.example",
  "::1",
  "",
  " ",
  "2130706433",
  "lucky",
])("%j is not this machine", (host) => {
  expect(ask([host])).toBe(host);
});

test("a request that names no host comes from no browser", () => {
  expect(ask([])).toBeUndefined();
  expect(foreignHostOf({ headersDistinct: {} })).toBeUndefined();
});

test("a host that is named otherwise in the target, or a second time, does not pass", () => {
  expect(ask(["localhost"], "http://evil.example/draws")).toBe("evil.example");
  expect(ask(["localhost"], "HTTP://evil.example?x=http://localhost/")).toBe("evil.example");
  expect(ask(["localhost"], "http://localhost@evil.example/")).toBe("localhost@evil.example");
  expect(ask(["localhost"], "http://127.0.0.1:3000/draws")).toBeUndefined();
  expect(ask(["localhost"], "/?url=http://evil.example/")).toBeUndefined();
  expect(ask(["localhost", "evil.example"])).toBe("evil.example");
});

test("a further name passes where it is allowed, and nothing below it", () => {
  const allowed = ["Lucky.example"];
  expect(ask(["lucky.EXAMPLE:443"], "/", allowed)).toBeUndefined();
  expect(ask(["lucky.example."], "/", allowed)).toBeUndefined();
  expect(ask(["evil.lucky.example"], "/", allowed)).toBe("evil.lucky.example");
});
