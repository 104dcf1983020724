import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CONTRACTS } from "@lucky/application/application";
import { toOpenApi } from "@lucky/gateway/openapi";
import { isJson, type Json } from "../schema/schema.ts";

/** The OpenAPI document of the contracts in a folder, as its own code makes it. Rejects with an error that says what is wrong. */
export async function documentOf(root: string): Promise<Json> {
  const file = join(root, CONTRACTS);
  if (!existsSync(file)) throw new Error(`there is no ${CONTRACTS}`);
  const { api, about }: { api?: unknown; about?: unknown } = await import(pathToFileURL(file).href);
  if (!isJson(api)) throw new Error(`${CONTRACTS} exports no api`);
  const { title = "", version = "" } = isJson(about) ? about : {};
  const make = await makerOf(file);
  const contracts = api as Parameters<typeof toOpenApi>[0]; // it says so itself where they are none
  // As callers get it, not as code has it: what is undefined is not there.
  return JSON.parse(
    JSON.stringify(make(contracts, { title: String(title), version: String(version), server: "/" })),
  );
}

/** The gateway that these contracts are written for; this one where they bring none. */
async function makerOf(contracts: string): Promise<typeof toOpenApi> {
  let found: string;
  try {
    found = createRequire(contracts).resolve("@lucky/gateway/openapi");
  } catch {
    return toOpenApi;
  }
  const module: { toOpenApi: typeof toOpenApi } = await import(pathToFileURL(found).href);
  return module.toOpenApi;
}
