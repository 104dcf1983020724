import { expect, test } from "vitest";
import { createClient } from "./client.ts";

test.each([
  "https://api.example.com?stage=prod",
  "https://api.example.com/prod?",
  "https://api.example.com/#x",
  "/prod?x=1",
  "/#",
  "api.example.com",
  "prod",
  "localhost:3000",
  "ftp://example.com",
  "file:///x",
  "https://",
  "https://user@example.com",
  "https://:secret@example.com",
  "https://example.com/a b",
  " https://example.com",
  undefined as unknown as string, // as a setting that is not there
])("%j is refused as the base of a URL", (base) => {
  const create = () => createClient({}, base);
  expect(create).toThrow(TypeError);
  expect(create).toThrow("write https://api.example.com/prod");
});

test.each([
  "https://example.com",
  "http://127.0.0.1:3000/prod/",
  "http://[::1]:3000",
  "",
  "/",
  "/prod",
  "//example.com/prod",
])("%j is taken", (base) => {
  expect(createClient({}, base)).toEqual({});
});
