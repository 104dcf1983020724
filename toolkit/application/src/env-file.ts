import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { ApplicationError } from "./application-error.ts";
import { mistakeOfVariable } from "./variable.ts";

/** Variables of functions on this machine alone; it is never committed. */
export const ENV_FILE = ".env.local";

const BLANK = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;
/** What `parseEnv` takes; it passes over lines that it does not understand, and over what follows a closing quote. */
const ASSIGNMENT =
  /[^\S\n]*(?:export[^\S\n]+)?([^\s=#]+)[^\S\n]*=[^\S\n]*(?:(["'`])(?:(?!\2)[\s\S])*\2[^\S\n]*(?:#[^\n]*)?|(?!["'`])[^\n]*)(?:\n|$)/y;

/**
 * The variables of that file at the root of an application, none where there is no such file; what follows a name twice
 * is the last. Throws an ApplicationError that names the line where one is not `NAME=value`, or Lambda does not take it.
 */
export function readEnvFile(root: string): Readonly<Record<string, string>> {
  const text = readText(join(root, ENV_FILE));
  const variables: Record<string, string> = {};
  for (let at = 0, line = 1; at < text.length; ) {
    const [assignment, name = ""] = matchAt(ASSIGNMENT, text, at);
    const [entry = assignment] = matchAt(BLANK, text, at);
    if (entry === undefined) {
      throw new ApplicationError(
        `${ENV_FILE}:${line} is not NAME=value. A value in quotes ends with them, and nothing but a comment follows.`,
      );
    }
    if (entry === assignment) {
      const value = parseEnv(entry)[name] ?? "";
      const mistake = mistakeOfVariable(name, value);
      if (mistake !== undefined) throw new ApplicationError(`${ENV_FILE}:${line}: ${mistake}`);
      variables[name] = value;
    }
    at += entry.length;
    line += entry.split("\n").length - 1;
  }
  return variables;
}

function matchAt(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException; // what readFileSync throws
    if (code === "ENOENT") return "";
    throw new ApplicationError(`${ENV_FILE} cannot be read: ${message}`);
  }
}
