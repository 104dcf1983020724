import { describe, expect, test } from "vitest";
import { checkFunctionName } from "./function-name.ts";
import type { Workspace } from "./workspace.ts";

const openapi = { method: "GET", path: "/openapi.json", summary: "", reply: { 204: null } } as const;
const workspace: Workspace = {
  root: "",
  scope: "@x",
  app: "twelve-chars",
  api: { openapi, "draw-1": openapi },
  index: "",
  declared: ["api", "about", "Contract"],
  resources: ["Api", "ApiServerErrors", "Dashboard"],
  tables: [],
  resourcesSource: undefined,
  items: [],
};

describe("a function's name", () => {
  test.each(["a", "send-mail", "v2", "draw-2", "api-servers", "a".repeat(25), "class-action"])(
    "may be %s",
    (name) => {
      expect(checkFunctionName(name, workspace)).toBe(name);
    },
  );

  test.each([
    ["", "small letters, digits and single dashes"],
    ["SendMail", "small letters"],
    ["send_mail", "small letters"],
    ["send--mail", "single dashes"],
    ["-mail", "small letters"],
    ["mail-", "small letters"],
    ["2fa", "small letters"],
    ["../mail", "small letters"],
    ["mail.test", "small letters"],
    ["größe", "small letters"],
    ["a".repeat(26), "too long for AWS: use at most 25 letters and digits"],
    ["class", "class means something else in code"],
    ["await", "await means something else in code"],
    ["let", "let means something else in code"],
    ["constructor", "constructor means something else in code"],
    ["to-string", "toString means something else in code"],
    ["then", "then means something else in code"],
    ["contract", "contract means something else in code"],
    ["undefined", "undefined means something else in code"],
    ["openapi", "There is a function openapi."],
    ["open-api", "There is openapi, too like open-api."],
    ["draw1", "There is draw-1, too like draw1."],
    ["about", "packages/contracts/src/index.ts has another about."],
    ["dashboard", "infra/ has a resource of that name"],
    ["api-server", "infra/ has a resource of that name"],
  ])("is not %s", (name, reason) => {
    expect(() => checkFunctionName(name, workspace)).toThrow(reason);
  });

  test("is the shorter, the longer the app's name is", () => {
    const app = "an-app-of-20-letters";
    expect(checkFunctionName("a".repeat(17), { ...workspace, app })).toHaveLength(17);
    expect(() => checkFunctionName("a".repeat(18), { ...workspace, app })).toThrow("use at most 17");
  });
});
