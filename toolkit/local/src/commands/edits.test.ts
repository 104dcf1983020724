import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { writeApplication } from "@lucky/fixture/write-application";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RunningServer, startServer, stopServer } from "../testing/testing.ts";

// Whoever saves a file and then sends a request gets what was saved, with the first response.

const CONTRACTS = "packages/contracts/src/index.ts";
const contract = (path: string, parts = "") =>
  `{ method: "GET", path: "${path}", summary: "", reply: { 204: null }, ${parts} }`;
const apiOf = (...names: readonly string[]) =>
  `export const api = { ${names.map((name) => `${name}: ${contract(`/${name}`)}`).join(", ")} };`;
const answering = (value: string) => `export const handler = async () => ${value};`;

let root: string;
let server: RunningServer;
let printed: string;

beforeEach(async () => {
  root = writeApplication({
    [CONTRACTS]: apiOf("one"),
    "functions/one/package.json": "{}",
    "functions/one/src/handler.ts": answering('"first"'),
  });
  await serve();
});
afterEach(async () => {
  await stopServer(server);
  rmSync(root, { recursive: true, force: true });
});

async function serve(env: NodeJS.ProcessEnv = {}): Promise<void> {
  printed = "";
  server = await startServer([], { cwd: root, env });
  server.child.stderr.setEncoding("utf8").on("data", (chunk) => {
    printed += chunk;
  });
}

function write(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
const handler = (text: string, name = "one") => write(`functions/${name}/src/handler.ts`, text);
const statusOf = async (path: string) => (await fetch(server.url + path)).status;
/** The body, or the status of what went wrong. */
const ask = async (path = "/one"): Promise<unknown> => {
  const response = await fetch(server.url + path);
  if (!response.ok) return response.status;
  const text = await response.text();
  return text.startsWith("[") ? JSON.parse(text) : text;
};
const untilPrinted = (text: string) => vi.waitFor(() => expect(printed).toContain(text), 60_000);

describe("with the first response after it", () => {
  test("an edit is there, two hundred times in a row", async () => {
    for (let count = 0; count < 200; count++) {
      handler(answering(String(count)));
      expect(await ask()).toBe(String(count));
    }
  });

  test("an edit of a contract's path is there, and of it alone", async () => {
    for (let count = 0; count < 20; count++) {
      write(CONTRACTS, `export const api = { one: ${contract(`/path-${count}`)} };`);
      expect(await ask(`/path-${count}`)).toBe("first");
    }
    expect(await statusOf("/path-18")).toBe(404);
  });

  test("an edit is there, and every request has a response, while others come all the time", async () => {
    let isOver = false;
    const seen: unknown[] = [];
    const callers = Array.from({ length: 4 }, async () => {
      while (!isOver) seen.push(await ask());
    });
    for (let count = 0; count < 20; count++) {
      handler(answering(String(count)));
      expect(await ask()).toBe(String(count));
    }
    isOver = true;
    await Promise.all(callers);
    const numbers = seen.map((each) => (each === "first" ? -1 : Number(each)));
    expect(numbers.filter((each) => !(each >= -1 && each < 20))).toEqual([]);
  });

  test("a save in several steps is there whole", async () => {
    const text = answering('"saved"');
    for (const end of [0, 10, 20, text.length]) handler(text.slice(0, end));
    expect(await ask()).toBe("saved");
  });

  test("a file that is replaced, or written with a BOM and CRLF, is there", async () => {
    write("functions/one/src/handler.ts.tmp", answering('"replaced"'));
    renameSync(join(root, "functions/one/src/handler.ts.tmp"), join(root, "functions/one/src/handler.ts"));
    expect(await ask()).toBe("replaced");
    handler(`\uFEFF// of Windows\r\n${answering('"bom"')}\r\n`);
    expect(await ask()).toBe("bom");
    write(CONTRACTS, `\uFEFF// of Windows\r\n${apiOf("one").replace("/one", "/bom")}\r\n`);
    expect(await ask("/bom")).toBe("bom");
  });

  test("another branch is there: many files at once, by git", async () => {
    const git = (...words: string[]) => {
      const identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "-c",
        "core.hooksPath=/dev/null",
      ];
      const { status, stderr } = spawnSync("git", [...identity, ...words], { cwd: root, encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
    };
    git("init", "--quiet", "--initial-branch=main");
    git("add", ".");
    git("commit", "--quiet", "--message=one");
    git("checkout", "--quiet", "-b", "other");
    const words = Array.from({ length: 300 }, (_, index) => `word${index}`);
    for (const word of words)
      write(`functions/one/src/words/${word}.ts`, `export const ${word} = "${word}";`);
    const imports = words.map((word) => `import { ${word} } from "./words/${word}.ts";`);
    handler(`${imports.join("\n")}\n${answering(`[${words.join(", ")}].length`)}`);
    write(CONTRACTS, apiOf("one", "two"));
    write("functions/two/package.json", "{}");
    handler(answering('"second"'), "two");
    git("add", ".");
    git("commit", "--quiet", "--message=other");
    expect([await ask(), await ask("/two")]).toEqual(["300", "second"]);
    git("checkout", "--quiet", "main");
    expect([await ask(), await statusOf("/two")]).toEqual(["first", 404]);
    git("checkout", "--quiet", "other");
    expect([await ask(), await ask("/two")]).toEqual(["300", "second"]);
  });

  test("an edit during the start is there", async () => {
    await stopServer(server);
    let isReady = false;
    const starting = serve().finally(() => {
      isReady = true;
    });
    let count = 0;
    for (; !isReady; count++) {
      handler(answering(String(count)));
      await delay(1);
    }
    await starting;
    expect(await ask()).toBe(String(count - 1));
  });
});

describe("without a restart", () => {
  test("limits change, and the terminal says so", async () => {
    handler(answering("process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
    expect(await ask()).toBe("1024");
    write("functions/one/package.json", '{ "lambda": { "memoryMegabytes": 2048, "timeoutSeconds": 3 } }');
    expect(await ask()).toBe("2048");
    await untilPrinted("one has 2048 MB and 3 s now\n");
  });

  test("limits that Lambda would not take are refused, and the last go on", async () => {
    write("functions/one/package.json", '{ "lambda": { "memoryMegabytes": 1 } }');
    expect(await ask()).toBe("first");
    await untilPrinted(
      "memoryMegabytes in functions/one/package.json must be a whole number from 128 to 10240.\n",
    );
    await untilPrinted("The API goes on as it was.\n");
  });

  test("CORS changes, is switched on and off, and the terminal says so", async () => {
    const originOf = async () => {
      const { headers } = await fetch(`${server.url}/one`, { headers: { origin: "https://a.example" } });
      return headers.get("access-control-allow-origin");
    };
    const lists = "allowMethods: [], allowHeaders: [], exposeHeaders: [], maxAgeSeconds: 1";
    expect(await originOf()).toBeNull();
    write(
      CONTRACTS,
      `${apiOf("one")} export const cors = { allowOrigins: ["https://a.example"], ${lists} };`,
    );
    expect(await originOf()).toBe("https://a.example");
    await untilPrinted('CORS is now {"allowOrigins":["https://a.example"]');
    write(CONTRACTS, apiOf("one"));
    expect(await originOf()).toBeNull();
    await untilPrinted("CORS is now off\n");
  });

  test("a function comes file by file, its code after its contract, and goes again", async () => {
    write(CONTRACTS, apiOf("one", "two"));
    expect(await statusOf("/two")).toBe(404);
    await untilPrinted(
      `The contract two has no function: write functions/two/src/handler.ts, or take it out of ${CONTRACTS}.`,
    );
    write("functions/two/package.json", "{}");
    handler('import { word } from "./words/word.ts"; export const handler = async () => word;', "two");
    expect(await ask("/two")).toBe(500);
    await untilPrinted("two has no code to run until that is mended.");
    expect(await ask()).toBe("first");
    write("functions/two/src/words/word.ts", 'export const word = "second";');
    expect(await ask("/two")).toBe("second");
    await untilPrinted(`GET /two is new: curl ${server.url}/two\n`);
    write(CONTRACTS, apiOf("one"));
    rmSync(join(root, "functions/two"), { recursive: true });
    expect(await ask("/two")).toBe(404);
    await untilPrinted("GET /two is gone\n");
    const byName = (name: string) =>
      fetch(`${server.url}/2015-03-31/functions/${name}/invocations`, { method: "POST", body: "{}" });
    expect((await byName("two")).status).toBe(404);
    write("functions/two/package.json", "{}");
    handler(answering('"again"'), "two");
    write(CONTRACTS, apiOf("one", "two"));
    expect(await (await byName("two")).json()).toBe("again");
    expect(await ask("/two")).toBe("again");
  });

  test("variables come, change and go, of .env.local and of infra/environment.ts", async () => {
    handler(answering("[process.env.WORD ?? null]"));
    const environment = (word: string) =>
      write("infra/environment.ts", `export const environmentOf = () => ({ WORD: "${word}" });`);
    expect(await ask()).toEqual([null]);
    environment("infra");
    expect(await ask()).toEqual(["infra"]);
    write(".env.local", "WORD=local\n");
    expect(await ask()).toEqual(["local"]);
    write(".env.local", "WORD: wrong\n");
    expect(await ask()).toEqual(["local"]);
    await untilPrinted(".env.local:1 is not NAME=value.");
    unlinkSync(join(root, ".env.local"));
    environment("edited");
    expect(await ask()).toEqual(["edited"]);
  });

  test("what a function brings along changes: loaders, copied files and packages", async () => {
    const lambda = (fields: object, dependencies = {}) =>
      write("functions/one/package.json", JSON.stringify({ lambda: fields, dependencies }));
    write("functions/one/src/word.html", "html");
    handler('import word from "./word.html"; export const handler = async () => word;');
    expect(await ask()).toBe("first");
    await untilPrinted('No loader is configured for ".html" files');
    lambda({ loader: { ".html": "text" } });
    expect(await ask()).toBe("html");
    write("functions/one/texts/a.txt", "a");
    lambda({ copyFiles: [{ from: "texts" }] });
    handler(`import { readdirSync } from "node:fs";
      export const handler = async () => readdirSync(process.env.LAMBDA_TASK_ROOT + "/texts");`);
    expect(await ask()).toEqual(["a.txt"]);
    write("functions/one/texts/b.txt", "b");
    expect(await ask()).toEqual(["a.txt", "b.txt"]);
    handler(`import { existsSync } from "node:fs";
      export const handler = async () => [existsSync(process.env.LAMBDA_TASK_ROOT + "/node_modules/words")];`);
    lambda({ install: ["words"] }, { words: "1.0.0" });
    expect(await ask()).toEqual([false]);
    await untilPrinted("words is not installed");
    write("functions/one/node_modules/words/index.js", 'module.exports = "words";');
    expect(await ask()).toEqual([true]);
  });

  test("a function that goes finishes what it runs", async () => {
    const started = join(root, "started");
    const go = join(root, "go");
    handler(`import { existsSync, writeFileSync } from "node:fs";
      export const handler = async () => {
        writeFileSync(${JSON.stringify(started)}, "");
        while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 5));
        return "finished";
      };`);
    const slow = ask();
    await vi.waitFor(() => readFileSync(started), 60_000);
    write(CONTRACTS, "export const api = {};");
    expect(await ask()).toBe(404);
    writeFileSync(go, "");
    expect(await slow).toBe("finished");
  });

  test("a contract's path changes, with the parameters that its function gets", async () => {
    handler("export const handler = async (event) => [event.routeKey, event.pathParameters];");
    write(CONTRACTS, `export const api = { one: ${contract("/users/{id}")} };`);
    expect(await ask("/users/7")).toEqual(["GET /users/{id}", { id: "7" }]);
    await untilPrinted(`GET /one is now GET /users/{id}: curl ${server.url}/users/id\n`);
    expect(printed.match(/one rebuilt/g)).toHaveLength(1); // for its code: it never sees its contract here
  });

  test.each([
    ["do not compile", "export const api = {;", "Unexpected token"],
    ["throw", 'throw new Error("not today");', "not today"],
    ["have a mistake", apiOf("one").replace("GET", "FETCH"), '"FETCH" is not a method of a contract'],
    ["end the process", "process.exit(0);", "ended the process that loaded them"],
    ["are gone", undefined, "There is no packages/contracts/src/index.ts"],
  ])(
    "contracts that %s are refused with the reason, and the last good ones go on",
    async (_, text, reason) => {
      if (text === undefined) unlinkSync(join(root, CONTRACTS));
      else write(CONTRACTS, text);
      expect(await ask()).toBe("first");
      await untilPrinted(reason);
      await untilPrinted("The API goes on as it was.\n");
      write(CONTRACTS, apiOf("one").replace("/one", "/mended"));
      expect(await ask("/mended")).toBe("first");
    },
  );

  test("a contract's file in a folder of its own comes, after contracts that import it", async () => {
    write(CONTRACTS, 'import { one } from "./more/one.ts"; export const api = { one };');
    expect(await ask()).toBe("first");
    await untilPrinted("Cannot find module");
    write("packages/contracts/src/more/one.ts", `export const one = ${contract("/more")};`);
    expect(await ask("/more")).toBe("first");
    write("packages/contracts/src/more/one.ts", `export const one = ${contract("/most")};`);
    expect(await ask("/most")).toBe("first");
  });

  test("a contract's file that is written while it is loaded is loaded again", async () => {
    const more = join(root, "packages/contracts/src/more/path.ts");
    write("packages/contracts/src/more/path.ts", 'export const path = "/read";');
    write(
      CONTRACTS,
      `import { writeFileSync } from "node:fs";
      import { path } from "./more/path.ts";
      if (path === "/read") writeFileSync(${JSON.stringify(more)}, 'export const path = "/written";');
      export const api = { one: { ...${contract("/x")}, path } };`,
    );
    expect(await ask("/written")).toBe("first");
  });

  test("a package of contracts is installed, changes what it exports, and is updated", async () => {
    const install = (version: string, path: string, main = "index.js") => {
      const store = `node_modules/.pnpm/paths@${version}/node_modules/paths`;
      write(`${store}/package.json`, `{ "name": "paths", "type": "module", "exports": "./${main}" }`);
      write(`${store}/${main}`, `export const path = "${path}";`);
      return store;
    };
    const link = (store: string) => {
      const path = join(root, "packages/contracts/node_modules/paths");
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { force: true });
      symlinkSync(join(root, store), path);
    };
    write(
      CONTRACTS,
      `import { path } from "paths"; export const api = { one: { ...${contract("/x")}, path } };`,
    );
    expect(await ask()).toBe("first");
    await untilPrinted("Cannot find package");
    link(install("1.0.0", "/installed"));
    expect(await ask("/installed")).toBe("first");
    install("1.0.0", "/exported", "other.js");
    expect(await ask("/exported")).toBe("first");
    link(install("2.0.0", "/updated"));
    expect(await ask("/updated")).toBe("first");
  });
});

describe("what goes comes back by itself:", () => {
  test("esbuild, killed", async () => {
    const { pid } = server.child;
    for (const word of ["second", "third"]) {
      const esbuild = processes().filter(({ parent, command }) => parent === pid && /esbuild/.test(command));
      expect(esbuild).toHaveLength(1);
      process.kill(esbuild[0]?.id ?? 0, "SIGKILL");
      handler(answering(JSON.stringify(word)));
      expect(await ask()).toBe(word);
    }
  });

  test("the folder of the bundles, and parts of it, as cleaners of temporary folders take them", async () => {
    await stopServer(server);
    const folder = join(root, "tmp");
    mkdirSync(folder);
    await serve({ TMPDIR: folder });
    expect(await ask()).toBe("first");
    const empty = () => {
      for (const [path] of filesIn(folder)) rmSync(path);
    };
    for (const remove of [empty, () => rmSync(folder, { recursive: true })]) {
      const crash =
        "export const handler = async () => process.exit(1); // so that the next needs its bundle";
      handler(crash);
      expect(await ask()).toBe(500);
      remove();
      expect(await ask()).toBe(500);
      handler(`export const handler = async () => {
        await new Promise((resolve) => setTimeout(resolve, 200)); // so that the next needs another environment
        return "healed";
      };`);
      expect(await ask()).toBe("healed");
      remove();
      expect(await Promise.all([ask(), ask()])).toEqual(["healed", "healed"]);
    }
  });

  test("the folder of a function", async () => {
    const [there, away] = [join(root, "functions/one"), join(root, "functions/away")];
    renameSync(there, away);
    expect(await ask()).toBe("first");
    await untilPrinted("The contract one has no function");
    cpSync(away, there, { recursive: true });
    handler(answering('"back"'));
    expect(await ask()).toBe("back");
    rmSync(there, { recursive: true });
    write("functions/one/package.json", "{}");
    handler(answering('"again"'));
    expect(await ask()).toBe("again");
  });

  test("the whole checkout, which is this process's folder", async () => {
    const away = `${root}-away`;
    renameSync(root, away);
    expect(await ask()).toBe("first");
    renameSync(away, root);
    handler(answering('"back"'));
    expect(await ask()).toBe("back");
    cpSync(root, away, { recursive: true });
    rmSync(root, { recursive: true });
    expect(await ask()).toBe("back");
    renameSync(away, root);
    handler(answering('"again"'));
    expect(await ask()).toBe("again");
  });
});

type Process = { readonly id: number; readonly parent: number; readonly command: string };

function processes(): Process[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return stdout.split("\n").map((line) => {
    const [id, parent, ...words] = line.trim().split(/\s+/);
    return { id: Number(id), parent: Number(parent), command: words.join(" ") };
  });
}

/** The files in a folder and those below it, which then can be removed. */
function filesIn(folder: string): [path: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry): [string][] => {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) return [[path]];
    chmodSync(path, 0o755);
    return [];
  });
}
