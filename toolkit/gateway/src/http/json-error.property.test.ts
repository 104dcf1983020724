import fc from "fast-check";
import { expect, test } from "vitest";
import { parameters, timeout } from "../testing/fuzz.ts";
import { findJsonError } from "./json-error.ts";

test("finds nothing wrong with what JSON.parse takes", { timeout }, () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), fc.nat(4), (text, indent) => {
      const pretty = JSON.stringify(JSON.parse(text), null, indent);
      expect(findJsonError(pretty)).toBe(pretty.length);
    }),
    parameters,
  );
});

test("finds a forbidden character wherever it stands between the tokens", { timeout }, () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, random) => {
      const at = random % (text.length + 1);
      const broken = `${text.slice(0, at)}\u0000${text.slice(at)}`;
      expect(findJsonError(broken)).toBeLessThanOrEqual(at);
    }),
    parameters,
  );
});
