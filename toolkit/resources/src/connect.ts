import type { Handles, Uses } from "@lucky/gateway/uses";
import type { AnyUse } from "./declare/use.ts";
import { secretOf } from "./secret.ts";
import { readSetting } from "./setting.ts";
import { nameOf } from "./table/table-error.ts";
import { readerOf } from "./table/table-reader.ts";
import { writerOf } from "./table/table-writer.ts";

/**
 * What the uses of a contract give its function, each under its name. `lambda` does it by itself; a check that functions share
 * may have uses of its own: `const { sessions } = connect({ uses: { sessions: read(Sessions) } });`. Nothing is called here.
 */
export function connect<const C extends { readonly uses?: Uses }>({ uses = {} }: C): Handles<C> {
  const handles = {};
  for (const [name, use] of Object.entries(uses)) {
    const get = reader(use as AnyUse); // made by read, write or allow
    Object.defineProperty(handles, name, { get, enumerable: true });
  }
  return handles as Handles<C>; // one for each
}

/** Settings, and names of tables, are of the environment, which a test changes. */
function reader(use: AnyUse): () => unknown {
  const { resource, right } = use;
  if (resource.kind === "setting") return () => readSetting(resource);
  const handle = handleOf(resource, right);
  return () => handle;
}

function handleOf(
  resource: Exclude<AnyUse["resource"], { kind: "setting" }>,
  right: AnyUse["right"],
): unknown {
  if (resource.kind === "secret") return secretOf(resource);
  if (right === "read") return readerOf(resource);
  if (right === "write") return writerOf(resource);
  return {
    get name() {
      return nameOf(resource);
    },
  };
}
