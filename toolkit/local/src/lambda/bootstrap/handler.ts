import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Context } from "@lucky/gateway/events";
import { runtimeError } from "./errors.ts";
import { isStreaming } from "./streaming.ts";

export type Handler = (event: unknown, context: Context) => unknown;

const CALLBACK =
  "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";

/** The export that `_HANDLER` names, such as `bundle.handler`, of the file in `LAMBDA_TASK_ROOT`. */
export async function loadHandler(): Promise<Handler> {
  const { _HANDLER: name = "", LAMBDA_TASK_ROOT: root = "" } = process.env;
  const [file = "", exported = ""] = name.split(".");
  const module = await load(root, file).catch((error) => {
    throw translate(error);
  });
  const handler = module[exported] || module.default?.[exported];
  if (!handler) throw runtimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function")
    throw runtimeError("Runtime.HandlerNotFound", `${name} is not a function`);
  if (!isStreaming(handler) && handler.length >= 3) {
    throw runtimeError("Runtime.CallbackHandlerDeprecated", CALLBACK);
  }
  return handler;
}

async function load(root: string, file: string) {
  const path = [".js", ".mjs", ".cjs"].map((extension) => join(root, file + extension)).find(existsSync);
  return path === undefined
    ? createRequire(join(root, "/")).resolve(file) // which throws
    : import(pathToFileURL(path).href);
}

/** What Lambda makes of an error at import. */
function translate(error: unknown): unknown {
  if (error instanceof SyntaxError) {
    const { stack } = error;
    return Object.assign(runtimeError("Runtime.UserCodeSyntaxError", String(error)), { stack });
  }
  if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")
    return runtimeError("Runtime.ImportModuleError", String(error));
  return error;
}
