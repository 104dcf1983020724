import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Context } from "@lucky/gateway/events";

export type Handler = (event: unknown, context: Context) => unknown;

/** The export that `_HANDLER` names, such as `bundle.handler`, of the file in `LAMBDA_TASK_ROOT`. */
export async function loadHandler(): Promise<Handler> {
  const { _HANDLER: name = "", LAMBDA_TASK_ROOT: root = "" } = process.env;
  const [file = "", exported = ""] = name.split(".");
  const path = [".js", ".mjs", ".cjs"].map((extension) => join(root, file + extension)).find(existsSync);
  if (path === undefined) throw named("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
  const module = await import(pathToFileURL(path).href).catch((error) => {
    throw error instanceof SyntaxError
      ? named("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`)
      : error;
  });
  const handler = module[exported] ?? module.default?.[exported];
  if (!handler) throw named("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw named("Runtime.HandlerNotFound", `${name} is not a function`);
  if (handler.length >= 3)
    throw named(
      "Runtime.CallbackHandlerDeprecated",
      `${name} takes a callback, which Node.js 24 on Lambda has not`,
    );
  return handler;
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
