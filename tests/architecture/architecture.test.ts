import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

// The nevers of architecture.md: each import of each source is held to the drawing.

const root = fileURLToPath(new URL("..", import.meta.url));

type Import = {
  readonly file: string;
  readonly room: string;
  readonly isTest: boolean;
  readonly target: string;
};

/** Which rooms each room may import; what is in brackets only in tests and tools. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "packages/core": [],
  "packages/gateway": [],
  "packages/contracts": ["core", "gateway"],
  "packages/local": ["api", "gateway", "web"],
  "packages/web": ["api", "gateway"],
  "packages/scaffold": ["api", "gateway", "local"],
  "functions/*": ["core", "api", "gateway"],
  infra: ["api", "gateway", "web"],
};
/** What tests and stand-ins may import beside. */
const IN_TESTS: Readonly<Record<string, readonly string[]>> = {
  infra: ["local"],
};

const imports = globSync(
  [
    "packages/*/src/**/*.ts",
    "packages/web/{browser,pages}/**/*.ts",
    "functions/*/src/**/*.ts",
    "infra/**/*.ts",
  ],
  {
    cwd: root,
    exclude: ["**/node_modules/**"],
  },
).flatMap(importsOf);

/** Imports and exports of a file, types too, by the text: `from "…"`, `import("…")` and `import "…"`. */
function importsOf(file: string): readonly Import[] {
  const [top = "", second = ""] = file.split("/");
  const room = top === "infra" ? top : `${top}/${second}`;
  const isTest = /\.test\.ts$|^infra\/offline\/|\/testing\.ts$/.test(file);
  const text = readFileSync(join(root, file), "utf8").replaceAll(/`(?:\\.|[^`])*`/gs, "``"); // sources in templates are not ours
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(([, target = ""]) => ({
    file,
    room,
    isTest,
    target,
  }));
}

/** The room that an import leads to, as `@<scope>/<room>` or by a path out of its own. */
function roomOf({ file, room, target }: Import): string | undefined {
  if (target.startsWith(".")) {
    const path = normalize(join(dirname(file), target));
    return path.startsWith(`${room}/`) ? undefined : path;
  }
  return new RegExp(`^${scope}/([\\w-]+)`).exec(target)?.[1];
}

const { name } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8")) as {
  name: string;
}; // such as @acme/core
const scope = name.split("/")[0];

describe("no room imports what the drawing does not let it", () => {
  const rooms = [...new Set(imports.map(({ room }) => room))].filter((room) => room !== "packages/bench");
  test.each(rooms)("%s", (room) => {
    const key = room.startsWith("functions/") ? "functions/*" : room;
    const others = imports.filter((each) => each.room === room && roomOf(each) !== undefined);
    const wrong = others.filter((each) => {
      const allowed = [...(ALLOWED[key] ?? []), ...(each.isTest ? (IN_TESTS[key] ?? []) : [])];
      return !allowed.includes(roomOf(each) ?? "");
    });
    expect(wrong.map(({ file, target }) => `${file}: ${target}`)).toEqual([]);
  });
});

describe("what a function runs", () => {
  const inFunctions = imports.filter(
    ({ room, isTest, file }) =>
      !isTest &&
      (room.startsWith("functions/") ||
        ["packages/core", "packages/contracts"].includes(room) ||
        file.startsWith("packages/gateway/src/")),
  );

  test("is core without Node", () => {
    const node = imports.filter(
      ({ room, isTest, target }) =>
        room === "packages/core" &&
        !isTest &&
        (target.startsWith("node:") || builtinModules.includes(target)),
    );
    expect(node).toEqual([]);
  });

  test("is a gateway that knows no schema library, but where it makes OpenAPI of zod's", () => {
    const zod = imports.filter(
      ({ room, isTest, target }) => room === "packages/gateway" && !isTest && /^zod(?:\/|$)/.test(target),
    );
    expect(new Set(zod.map(({ file }) => file))).toEqual(new Set(["packages/gateway/src/json-schema.ts"]));
  });

  test("is zod as zod/mini, by the namespace, which a bundle can leave out in part", () => {
    const zod = imports.filter(
      ({ room, isTest, target }) => room === "packages/core" && !isTest && /^zod/.test(target),
    );
    expect([...new Set(zod.map(({ target }) => target))].sort()).toEqual(["zod/mini", "zod/v4/core"]);
  });

  test.each([
    "node:http",
    "node:https",
    "http",
    "https",
    "sst",
    "pino",
    "winston",
    "@aws-lambda-powertools/logger",
  ])("never imports %s", (target) => {
    expect(inFunctions.filter((each) => each.target === target)).toEqual([]);
  });
});
