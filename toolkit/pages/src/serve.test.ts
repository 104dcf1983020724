import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "@lucky/fixture";
import { expect, onTestFinished, test } from "vitest";

test("the site alone is served for an API elsewhere", async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL("serve.ts", import.meta.url)), "0"], {
    cwd: join(fixture, "packages/web"),
    env: { ...process.env, VITE_API_URL: "https://api.example.com" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    child.kill();
    await once(child, "close");
  });
  const [text] = await once(child.stdout.setEncoding("utf8"), "data");
  const [url = ""] = /http:\S+/.exec(String(text)) ?? [];
  expect(await (await fetch(url)).text()).toContain("https://api.example.com");
  expect((await fetch(`${url}notes`)).status).toBe(404);
});
