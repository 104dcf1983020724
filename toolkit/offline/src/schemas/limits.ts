import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Limit, Limits } from "./limit.ts";
import { MORE_LIMITS } from "./more-limits.ts";

// The package's types carry what AWS's own schemas say beyond types, as comments; nothing else on npm has all of that.
const FOLDER = dirname(fileURLToPath(import.meta.resolve("@awboost/cfn-resource-types/AWS-Lambda-Function")));

/** Those of a type of CloudFormation and of the objects in it; none where AWS publishes none. */
export function limitsOf(cloudFormationType: string): Limits {
  const file = join(FOLDER, `${cloudFormationType.replaceAll("::", "-")}.d.ts`);
  const published = existsSync(file) ? parse(readFileSync(file, "utf8")) : {};
  const more = MORE_LIMITS[cloudFormationType] ?? {};
  return { ...published, ...more };
}

/** The first object has the properties of the resource. */
function parse(source: string): Limits {
  const objects = source.matchAll(/^export type (\w+) = \{\n(.*?)^\};/gms);
  return Object.fromEntries(
    [...objects].flatMap(([, type, body = ""], index) =>
      [...body.matchAll(/^ {4}\/\*\*(.*?)\*\/\n {4}"?(\w+)"?\??:/gms)].flatMap(
        ([, comment = "", property]) => {
          const limit = parseComment(comment);
          return Object.keys(limit).length > 0
            ? [[`${index === 0 ? "Properties" : type}.${property}`, limit] as const]
            : [];
        },
      ),
    ),
  );
}

function parseComment(comment: string): Limit {
  const tags = Object.fromEntries(
    [...comment.matchAll(/@(minLength|maxLength|min|max|pattern) `(.*)`$/gm)].map(([, tag, value]) => [
      tag,
      value,
    ]),
  );
  const { pattern, ...numbers } = tags;
  return {
    ...Object.fromEntries(Object.entries(numbers).map(([tag, value]) => [tag, Number(value)])),
    ...(pattern !== undefined && { pattern: toRegExp(pattern) }),
  };
}

/** They are written for other languages; where JavaScript cannot read one, any text will do. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\[Zz]/g, "$").replaceAll(/\\A/g, "^");
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(source, flags);
    } catch {}
  }
  return /(?:)/;
}
