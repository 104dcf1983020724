import { existsSync, rmSync } from "node:fs";
import { run } from "@lucky/command/child-process";
import { type Copy, copyWorkspace } from "@lucky/scaffold/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { install, MINUTES, OFFLINE, runPnpm, testsAndChecks } from "./pnpm.ts";
import { get, withServer } from "./server.ts";

// What pnpm new and pnpm rename promise, of a whole workspace: an install, all tests with the offline deploy, and the
// checks, in a copy. It takes minutes and runs all tests twice, so it is no part of them: `pnpm test:new`.

const NEW_NAME = ["renamed", "by", "test"].join("-"); // a whole word would be found in this file

let copy: Copy;
beforeAll(async () => {
  copy = copyWorkspace();
  await install(copy);
}, 5 * MINUTES);
afterAll(() => copy?.remove(), 3 * MINUTES);

describe("functions that pnpm new has made", () => {
  test(
    "are there after the command, with no registry",
    async () => {
      expect(await runPnpm(copy, ["new", "body-by-test"], OFFLINE)).toContain("pnpm invoke body-by-test");
      const words = ["params-by-test", "--method", "GET", "--path", "/by-test/{id}/numbers/{rest+}"];
      await runPnpm(copy, ["new", ...words], OFFLINE);
      expect(copy.git("diff", "--name-only")).toBe("packages/contracts/src/index.ts\npnpm-lock.yaml\n");
    },
    3 * MINUTES,
  );

  test(
    "run as they are",
    async () => {
      const bodyOf = async (name: string) =>
        JSON.parse(JSON.parse(await runPnpm(copy, ["-s", "invoke", name])).body);
      expect(await bodyOf("body-by-test")).toEqual({ message: "Hello, Ada!" });
      const parameters = { id: "7", rest: "2026/report.txt" };
      expect(await bodyOf("params-by-test")).toEqual({
        ...parameters,
        message: "Hello from params-by-test.",
      });
    },
    3 * MINUTES,
  );

  test(
    "are served, by the curl that is printed, and described",
    () =>
      withServer(copy, ["/by-test/", "Says what the path says"], async (url, welcome) => {
        const curls = [...welcome.matchAll(/^ +(curl .*)$/gm)].map(([, command = ""]) => command);
        const answers = await Promise.all(curls.map((command) => run("sh", ["-c", `${command} --silent`])));
        const bodies = answers.map(({ stdout }) => stdout);
        expect(bodies).toContain('{"message":"Hello, Ada!"}');
        expect(bodies).toContain(
          '{"id":"7","rest":"2026/report.txt","message":"Hello from params-by-test."}',
        );
        const { paths } = JSON.parse(await get(`${url}/openapi.json`));
        expect(Object.keys(paths)).toEqual(
          expect.arrayContaining(["/body_by_test", "/by-test/{id}/numbers/{rest}"]),
        );
      }),
    3 * MINUTES,
  );

  test("pass all tests with the offline deploy, and the checks", () => testsAndChecks(copy), 8 * MINUTES);

  test(
    "are gone without a trace when removed",
    async () => {
      for (const name of ["body-by-test", "params-by-test"]) {
        await runPnpm(copy, ["new", "--remove", name, "--force"], OFFLINE);
        expect(existsSync(copy.path(`functions/${name}`))).toBe(false);
      }
      expect(copy.status()).toBe("");
    },
    3 * MINUTES,
  );
});

test(
  "pnpm check shows a line that is not formatted and a wrong type at once",
  async () => {
    const file = "packages/core/src/wrong-by-test.ts";
    copy.write(file, 'export const  wrong: number = "text";\n');
    const shown = await runPnpm(copy, ["check"]).then(
      () => "it found nothing",
      (error: Error) => error.message,
    );
    rmSync(copy.path(file));
    expect(shown).toMatch(/wrong-by-test\.ts format/);
    expect(shown).toMatch(/wrong-by-test\.ts.*TS2322/);
  },
  3 * MINUTES,
);

describe("a workspace that pnpm rename has renamed", () => {
  test(
    "has the old names nowhere in the product",
    async () => {
      const product = ["--", ":!toolkit", ":!benchmarks", ":!LICENSE"];
      const find = ["grep", "--line-number", "-e", "@acme/", "-e", "lucky-lambda", "-e", "Lucky Lambda"];
      expect(copy.git(...find, ...product)).not.toBe("");
      await runPnpm(copy, ["rename", NEW_NAME], OFFLINE);
      const found = await run("git", [...find, ...product, ":!tests"], { cwd: copy.root });
      expect(found).toMatchObject({ stdout: "", exitCode: 1 });
      expect(copy.git("diff", "--name-only", "--", "toolkit", "benchmarks", "LICENSE")).toBe("");
    },
    3 * MINUTES,
  );

  test("passes all tests, and the checks", () => testsAndChecks(copy), 8 * MINUTES);
});
