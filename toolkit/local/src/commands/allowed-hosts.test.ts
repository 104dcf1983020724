import { expect, test } from "vitest";
import { allowedHosts } from "./allowed-hosts.ts";

test.each(["127.0.0.1", "localhost", "LOCALHOST", "::1", "127.0.0.2"])(
  "a server that listens on %s has no further names",
  (listening) => {
    expect(allowedHosts(listening, [], "anna-laptop")).toEqual([listening]);
  },
);

test.each(["0.0.0.0", "::", "192.168.1.20", "lucky.example"])(
  "a server that listens on %s has this machine's names as well",
  (listening) => {
    const names = [listening, "anna-laptop", "anna-laptop.local"];
    expect(allowedHosts(listening, [], "anna-laptop")).toEqual(names);
  },
);

test("names may be added", () => {
  expect(allowedHosts("127.0.0.1", ["a.example", "b"])).toEqual(["127.0.0.1", "a.example", "b"]);
});

test.each(["", "https://lucky.example", "lucky.example:443", "*"])("%j is no name", (name) => {
  expect(() => allowedHosts("127.0.0.1", [name])).toThrow("--allow-host takes a name");
});
