import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { askForMissing } from "./questions.ts";
import type { Wishes } from "./wishes.ts";
import type { Workspace } from "./workspace.ts";

const openapi = { method: "GET", path: "/openapi.json", summary: "", reply: { 204: null } } as const;
const workspace: Workspace = {
  root: "",
  app: "x",
  scope: "@x",
  api: { openapi },
  index: "",
  declared: [],
  resources: [],
  tables: [],
  resourcesSource: undefined,
  items: [],
};

/** Answers each question as it comes. */
async function answer(known: Partial<Wishes>, answers: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const rest = [...answers];
  const printed: string[] = [];
  output.on("data", (chunk) => {
    printed.push(String(chunk));
    if (!/: $/.test(String(chunk))) return;
    const next = rest.shift();
    setImmediate(() => (next === undefined ? input.end() : input.write(`${next}\n`)));
  });
  const wishes = await askForMissing(known, workspace, { input, output });
  return { wishes, printed: printed.join("") };
}

describe("on a terminal", () => {
  test("everything is asked for, and the defaults are shown", async () => {
    const { wishes, printed } = await answer({}, ["send-mail", "", "", "", ""]);
    expect(wishes).toEqual({ name: "send-mail", method: "POST", path: "/send_mail", body: true });
    expect(printed).toContain("Method, of GET, POST, PUT, PATCH, DELETE (POST): ");
    expect(printed).toContain("Path, with parameters as in /draws/{id} (/send_mail): ");
    expect(printed).toContain("Table, as in notes, or - for none (-): ");
    expect(printed).toContain("Does a request have a body? (yes): ");
  });

  test("nothing is asked for that was said", async () => {
    const known = { name: "send-mail", method: "put", path: "/mail", body: false, summary: "Sends" };
    const { wishes, printed } = await answer(known, [""]);
    expect(wishes).toEqual({ ...known, method: "PUT" });
    expect(printed).not.toMatch(/Name|Method|Path|body/);
    expect((await answer({ name: "mail", method: "GET" }, ["", "/m"])).wishes).toEqual({
      name: "mail",
      method: "GET",
      path: "/m",
      body: false,
    });
  });

  test("a function with a table is asked for no body, and has the table's path", async () => {
    const { wishes, printed } = await answer({}, ["keep-letter", "", "letters", ""]);
    expect(wishes).toEqual({
      name: "keep-letter",
      method: "POST",
      table: "letters",
      path: "/letters",
      body: true,
    });
    expect(printed).not.toContain("have a body");
  });

  test("an answer that will not do is asked for again, with the reason", async () => {
    const answers = ["Send Mail", "mail", "fetch", "get", "Letters", "", "mail", "/openapi.json", "/mail"];
    const { wishes, printed } = await answer({}, answers);
    expect(wishes).toEqual({ name: "mail", method: "GET", path: "/mail", body: false });
    for (const reason of [
      '"Send Mail" is no name',
      "--method takes",
      "its name is in lower case with dashes",
      "begin it with a slash",
      "The contracts openapi and mail have the same route",
    ])
      expect(printed).toContain(reason);
  });

  test("nothing is asked for where what was said will not do", async () => {
    await expect(answer({ name: "Mail" }, [])).rejects.toThrow('"Mail" is no name');
    await expect(answer({ name: "mail", method: "fetch" }, [])).rejects.toThrow("--method takes");
  });

  test("nothing comes of it where the answers end", async () => {
    await expect(answer({}, ["mail"])).rejects.toThrow("Nothing is written.");
  });
});
