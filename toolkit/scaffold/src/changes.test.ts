import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Changes, makeChanges } from "./changes.ts";

let root: string;
const files = () =>
  Object.fromEntries(
    globSync("**/*", { cwd: root, withFileTypes: true }).map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(root.length + 1), entry.isFile() ? readFileSync(file, "utf8") : "folder"];
    }),
  );
const BEFORE = { kept: "kept", script: "old", "folder/inside": "inside", folder: "folder" };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lucky-changes-"));
  mkdirSync(join(root, "folder"));
  for (const file of ["kept", "folder/inside"]) writeFileSync(join(root, file), file.split("/").at(-1) ?? "");
  writeFileSync(join(root, "script"), "old", { mode: 0o755 });
});
afterEach(() => rmSync(root, { recursive: true }));

const changes: Changes = new Map([
  ["new/deep/file", "new"],
  ["script", "changed"],
  ["folder/inside", undefined],
]);

describe("changes", () => {
  test("write, change and remove files, and leave nothing beside them", () => {
    makeChanges(root, changes);
    const { "folder/inside": _, ...rest } = BEFORE;
    const added = { new: "folder", "new/deep": "folder", "new/deep/file": "new" };
    expect(files()).toEqual({ ...rest, ...added, script: "changed" });
  });

  test("leave a script one that can be run", () => {
    makeChanges(root, changes);
    expect(statSync(join(root, "script")).mode & 0o777).toBe(0o755);
  });

  test("can be taken back, with all that came into new folders since", () => {
    const undo = makeChanges(root, changes);
    writeFileSync(join(root, "new/deep/by-others"), "");
    undo();
    expect(files()).toEqual(BEFORE);
    expect(statSync(join(root, "script")).mode & 0o777).toBe(0o755);
  });

  test.each([
    ["a folder cannot be made", "kept/below"],
    ["a file cannot be written", "folder"],
    ["a file cannot be written in its new folder", `made/${"x".repeat(300)}`],
  ])("are made all or none: where %s, none", (_, path) => {
    expect(() => makeChanges(root, new Map([...changes, [path, "x"]]))).toThrow();
    expect(files()).toEqual(BEFORE);
  });
});
