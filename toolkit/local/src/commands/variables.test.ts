import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { runScript, startServer, stopServer, writeFunction } from "../testing/testing.ts";

const HANDLER = `export const handler = async () => {
  const { CITY, NODE_ENV, SECRET_OF_SHELL } = process.env;
  return { statusCode: 200, body: JSON.stringify({ CITY, NODE_ENV, SECRET_OF_SHELL }) };
};`;
const ENVIRONMENT = `export const environmentOf = (stage: string, name: string) =>
  stage === "prod" ? { NODE_ENV: "production", CITY: name } : {};`;

function makeApplication(envFile?: string): string {
  const root = writeFunction(HANDLER, {
    "infra/environment.ts": ENVIRONMENT,
    ...(envFile !== undefined && { ".env.local": envFile }),
  });
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}
const invoke = (cwd: string, ...words: readonly string[]) =>
  runScript("invoke.ts", ["one", ...words], { cwd, env: { SECRET_OF_SHELL: "secret", NODE_ENV: "test" } });
const variablesOf = async (cwd: string, ...words: readonly string[]) =>
  JSON.parse(JSON.parse((await invoke(cwd, ...words)).stdout).body);

test("a function has no variables that nothing gives it", async () => {
  expect(await variablesOf(makeApplication())).toEqual({});
});

test("a function has those of .env.local", async () => {
  expect(await variablesOf(makeApplication("CITY=Berlin"))).toEqual({ CITY: "Berlin" });
});

test("a function has those of a stage that is named, and over them those of .env.local", async () => {
  const words = ["--environment", "prod"];
  expect(await variablesOf(makeApplication(), ...words)).toEqual({ NODE_ENV: "production", CITY: "one" });
  const root = makeApplication("CITY=Berlin");
  expect(await variablesOf(root, ...words)).toEqual({ NODE_ENV: "production", CITY: "Berlin" });
});

test("the server gives functions them too", async () => {
  const root = makeApplication("CITY=Berlin");
  const server = await startServer(["--environment", "prod"], { cwd: root });
  onTestFinished(() => stopServer(server));
  const ask = async () => (await fetch(`${server.url}/one`)).json();
  expect(await ask()).toEqual({ NODE_ENV: "production", CITY: "Berlin" });
});

test("a mistake in them is told with its place, and nothing runs", async () => {
  const root = makeApplication("# Cities\nCITY Berlin");
  const { exitCode, stdout, stderr } = await invoke(root);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(".env.local:2 is not NAME=value.");
  expect(await runScript("start.ts", ["--port", "0"], { cwd: root })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(".env.local:2 is not NAME=value."),
  });
});
