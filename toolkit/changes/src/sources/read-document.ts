import { readFile } from "node:fs/promises";
import { isJson, type Json } from "../schema/schema.ts";

const SECONDS = 30;

/** Whether that names a document, and not a commit. */
export function isDocument(name: string): boolean {
  return isUrl(name) || name.endsWith(".json");
}

/** An OpenAPI 3.1 document by its path or URL. Rejects with an error that says what is wrong with it. */
export async function readDocument(name: string): Promise<Json> {
  const text = await (isUrl(name) ? fetchText(name) : readFile(name, "utf8")).catch((cause) => {
    throw new Error(`${name} cannot be read: ${cause instanceof Error ? reasonOf(cause) : cause}`);
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`${name} is no JSON.`);
  }
  if (!isJson(document) || !/^3\.[1-9]/.test(String(document.openapi)))
    throw new Error(`${name} is no OpenAPI document of version 3.1 or later.`);
  return document;
}

async function fetchText(url: string): Promise<string> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(SECONDS * 1000) });
  if (!reply.ok) throw new Error(`its status is ${reply.status}`);
  return reply.text();
}

/** The reason of a failed fetch is its cause. */
function reasonOf({ message, cause }: Error): string {
  const reason = cause instanceof Error ? cause.message || String("code" in cause && cause.code) : "";
  return reason === "" ? message : `${message} (${reason})`;
}

function isUrl(name: string): boolean {
  return /^https?:\/\//.test(name);
}
