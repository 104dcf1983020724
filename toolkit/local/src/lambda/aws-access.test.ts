import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScript, writeFunction } from "../testing/testing.ts";
import { describeAccess } from "./aws-access.ts";

// The AWS SDK itself looks for credentials, in a function of a person who has some.

/** What the SDK finds, and what it finds behind Lambda's own variables. */
const HANDLER = `
  import { homedir } from "node:os";
  import { defaultProvider } from "@aws-sdk/credential-provider-node";
  const find = () => defaultProvider({ maxRetries: 0, timeout: 1000 })().then(({ accessKeyId }) => accessKeyId, ({ message }) => message);
  export const handler = async () => {
    const first = await find();
    const { AWS_REGION: region, AWS_PROFILE: profile, SECRET_OF_SHELL: secret } = process.env;
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) delete process.env[name];
    return { first, behind: await find(), home: homedir(), region, profile, secret };
  };`;
const NOBODY = "NoRealAccessKeyId";

let home: string;
let marker: string;
let root: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "lucky-home-"));
  marker = join(home, "marker");
  root = writeFunction(HANDLER, {}, ["@aws-sdk/credential-provider-node"]);
  mkdirSync(join(home, ".aws"));
  writeFileSync(
    join(home, ".aws/credentials"),
    `[default]\naws_access_key_id=DEFAULTKEY\naws_secret_access_key=s\n[prod]\naws_access_key_id=PRODKEY\naws_secret_access_key=s\n`,
  );
  writeFileSync(
    join(home, ".aws/config"),
    `[default]\nregion=eu-west-3\n[profile process]\ncredential_process=${process.execPath} -e "require('fs').writeFileSync('${marker}', '');console.log(JSON.stringify({Version:1,AccessKeyId:'PROCESSKEY',SecretAccessKey:'s'}))"\n`,
  );
  writeFileSync(join(home, "token"), "token");
});
afterAll(() => {
  rmSync(home, { recursive: true });
  rmSync(root, { recursive: true });
});

/** What the function finds when it is invoked from a shell of that home and those variables, and nothing else of AWS. */
async function find(env: NodeJS.ProcessEnv, ...words: readonly string[]) {
  const none = Object.fromEntries(
    Object.keys(process.env).flatMap((name) => (name.startsWith("AWS_") ? [[name, undefined]] : [])),
  );
  const { stdout, stderr } = await runScript("invoke.ts", ["one", ...words], {
    cwd: root,
    env: { ...none, HOME: home, USERPROFILE: home, SECRET_OF_SHELL: "secret", ...env },
  });
  return { ...JSON.parse(stdout), stderr };
}

describe("without --aws a function has nobody's credentials, though the person has", () => {
  const CASES: readonly (readonly [string, () => NodeJS.ProcessEnv])[] = [
    ["a default profile", () => ({})],
    ["a profile of a name", () => ({ AWS_PROFILE: "prod" })],
    ["a profile that runs a process", () => ({ AWS_PROFILE: "process" })],
    ["keys", () => ({ AWS_ACCESS_KEY_ID: "SHELLKEY", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" })],
    ["files elsewhere", () => ({ AWS_SHARED_CREDENTIALS_FILE: join(home, ".aws/credentials") })],
    [
      "a web identity",
      () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: join(home, "token"), AWS_ROLE_ARN: "arn:aws:iam::1:role/r" }),
    ],
  ];
  test.for(CASES)("%s", async ([, env]) => {
    expect(await find(env())).toMatchObject({
      first: NOBODY,
      behind: "Could not load credentials from any providers",
      region: "us-east-1",
    });
    expect(existsSync(marker)).toBe(false);
  });

  test("a container's, which is not even asked", async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      response.end(JSON.stringify({ AccessKeyId: "CONTAINERKEY", SecretAccessKey: "s", Token: "t" }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo; // listening on TCP
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/` };
    expect(await find(env)).toMatchObject({ first: NOBODY });
    expect(requests).toBe(0);
    server.close();
  });

  test("nor has it its home, its profile or other variables", async () => {
    const found = await find({ AWS_PROFILE: "prod" });
    expect(found.home).not.toBe(home);
    expect(existsSync(found.home)).toBe(false);
    expect(found).not.toHaveProperty("profile");
    expect(found).not.toHaveProperty("secret");
    expect(found.stderr).not.toContain("act on AWS");
  });
});

describe("with --aws a function has this shell's", () => {
  test("default profile", async () => {
    const found = await find({}, "--aws");
    expect(found).toMatchObject({ first: "DEFAULTKEY", home });
    expect(found).not.toHaveProperty("region"); // so an SDK takes the profile's
    expect(found).not.toHaveProperty("secret");
    expect(found.stderr).toContain("Functions act on AWS as the default of this shell, in its own region.");
  });

  test("profile and region", async () => {
    const found = await find({ AWS_PROFILE: "prod", AWS_DEFAULT_REGION: "eu-central-1" }, "--aws");
    expect(found).toMatchObject({ first: "PRODKEY", region: "eu-central-1", profile: "prod" });
    expect(found.stderr).toContain("Functions act on AWS as the profile prod, in the region eu-central-1.");
  });

  test("keys", async () => {
    const keys = { AWS_ACCESS_KEY_ID: "SHELLKEY", AWS_SECRET_ACCESS_KEY: "s" };
    expect(await find({ ...keys, AWS_REGION: "eu-central-1" }, "--aws")).toMatchObject({
      first: "SHELLKEY",
      behind: "DEFAULTKEY",
      region: "eu-central-1",
    });
  });

  test("profile that is not there, whose name is said, and the SDK finds nothing", async () => {
    const found = await find({ AWS_PROFILE: "gone" }, "--aws");
    expect(found.first).toBe("Could not load credentials from any providers");
    expect(found.stderr).toContain("as the profile gone,");
  });
});

test("the access of a shell is said without its secrets", () => {
  const keys = { AWS_ACCESS_KEY_ID: "SHELLKEY", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-central-1" };
  expect(describeAccess(keys)).toBe("Functions act on AWS as the key SHELLKEY, in the region eu-central-1.");
});
