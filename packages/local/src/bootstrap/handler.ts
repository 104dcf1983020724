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
  if (path === undefined) throw named("Runtime.ImportModuleError", `Cannot find module '${file}'`);
  const module = await import(pathToFileURL(path).href);
  const handler = module[exported] ?? module.default?.[exported];
  if (typeof handler === "function") return handler;
  throw named("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
