import { describe, expect, test } from "vitest";
import { rename } from "./renaming.ts";

describe("renaming", () => {
  const web = { app: "zap", scope: "@zap", title: "The Web Shop" };
  const upstream = { app: "origin", scope: "@from", title: "The Origin" };
  const other = { app: "zip", scope: "@zip", title: "Store" };

  test.each([
    ['import { api } from "@zap/api";', 'import { api } from "@zip/api";'],
    ['"@zap/function-zap-list": "workspace:*"', '"@zip/function-zap-list": "workspace:*"'],
    ["--filter '@zap/*' or @zap", "--filter '@zip/*' or @zip"],
    ["@zapping/api, @zap-two/api, me@zap.example", "@zapping/api, @zap-two/api, me@zap.example"],
    ["# The Web Shop, The\nWeb Shop's", "# Store, Store's"],
    ["The Web Shopping", "The Web Shopping"],
    ['name: "zap"', 'name: "zip"'],
    ["alarm:zap-*, /aws/lambda/zap-prod-x", "alarm:zip-*, /aws/lambda/zip-prod-x"],
    ["web-zap, zaps, bizap, zap.example, zap_two", "web-zap, zaps, bizap, zip.example, zap_two"],
  ])("changes what is the product's in %j, and no more", (before, after) => {
    expect(rename(before, "infra/alarms.ts", [web], other)).toBe(after);
  });

  test("leaves what an author may call like the app", () => {
    const source = 'import { x } from "@zap/core/x"; const table = "zap";';
    const renamed = 'import { x } from "@zip/core/x"; const table = "zap";';
    for (const file of [
      "functions/x/src/handler.ts",
      "packages/core/src/x.ts",
      "packages/contracts/src/x.ts",
      "packages/web/pages/x.ts",
      "tests/end-to-end/x.ts",
    ]) {
      expect(rename(source, file, [web], other)).toBe(renamed);
    }
  });

  test("leaves what an author may call like the title", () => {
    for (const file of ["functions/x/src/handler.ts", "packages/core/src/x.ts", "tests/end-to-end/x.ts"])
      expect(rename("The Web Shop", file, [web], other)).toBe("The Web Shop");
  });

  test("takes several old names at once", () => {
    const both = "@zap/a @from/b zap-prod origin-prod The Web Shop, The Origin";
    expect(rename(both, "README.md", [web, upstream], other)).toBe(
      "@zip/a @zip/b zip-prod zip-prod Store, Store",
    );
  });

  test("leaves a new name that has an old one inside", () => {
    const longer = { app: "zap-two", scope: "@zap-two", title: "Not The Web Shop" };
    const renamed = "@zap-two/a zap-two-prod Not The\nWeb Shop";
    expect(rename("@zap/a zap-prod The Web Shop", "README.md", [web], longer)).toBe(
      "@zap-two/a zap-two-prod Not The Web Shop",
    );
    expect(rename(renamed, "README.md", [web], longer)).toBe(renamed);
  });

  test("takes signs in a title for what they are", () => {
    const dotted = { ...web, title: "A.B (C)" };
    expect(rename("A.B (C) AxB (C)", "README.md", [dotted], other)).toBe("Store AxB (C)");
  });
});
