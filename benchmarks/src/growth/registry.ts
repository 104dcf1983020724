import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recorded } from "@lucky/gateway/recorded";
import { type Bundle, bundle } from "../bundle.ts";
import { type ColdCell, measureCold } from "../cold.ts";
import type { Command } from "../execution.ts";
import type { Effort } from "../run.ts";
import { type Spread, spreadOf } from "../statistics.ts";
import type { Growth } from "./growth.ts";

const SIZES = [1, 10, 100, 1000];
const KINDS = ["one function", "openapi"] as const;
const modules = {
  contract: fileURLToPath(import.meta.resolve("@lucky/gateway/contract")),
  lambda: fileURLToPath(import.meta.resolve("@lucky/gateway/lambda")),
  openapi: fileURLToPath(import.meta.resolve("@lucky/gateway/openapi")),
  schema: fileURLToPath(import.meta.resolve("@lucky/gateway/schema")),
  zod: fileURLToPath(import.meta.resolve("zod/mini")),
};

type Cell = ColdCell & { readonly bundle: Bundle };

/** What one function and the OpenAPI function cost, by how many contracts the registry has. */
export async function growWithRegistry(folder: string, command: Command, effort: Effort): Promise<Growth> {
  const cells: Cell[] = [];
  for (const size of SIZES) {
    const root = join(folder, `registry-${size}`);
    await generate(root, size);
    for (const kind of KINDS) {
      const entry = join(root, `${kind === "openapi" ? "openapi" : "function"}.ts`);
      const made = await bundle({ entry, format: "cjs" }, join(root, kind === "openapi" ? "o" : "f"));
      cells.push({ name: `${kind} ${size}`, command, taskRoot: made.taskRoot, bundle: made });
    }
  }
  const event = recorded("http", { body: JSON.stringify({ name: "SilentByte", count: 10 }) });
  const cold = await measureCold(cells, JSON.stringify(event), effort);

  const bytes = ({ bundle: { size } }: Cell): Spread => spreadOf([size.minified / 1000]);
  const rowsOf = (kind: (typeof KINDS)[number]) => {
    const own = SIZES.flatMap((size) => cells.filter(({ name }) => name === `${kind} ${size}`));
    const figure = (field: "cpuMs" | "wallMs" | "invokeMs") =>
      own.map(({ name }) => spreadOf((cold.get(name) ?? []).map((each) => each[field])));
    return [
      { name: `${kind}: bundle`, unit: "KB", cells: own.map(bytes) },
      { name: `${kind}: cold start, wall`, unit: "ms", cells: figure("wallMs") },
      { name: `${kind}: cold start, CPU`, unit: "ms", cells: figure("cpuMs") },
      {
        name: `${kind}: ${kind === "openapi" ? "first document" : "first invoke"}`,
        unit: "ms",
        cells: figure("invokeMs"),
      },
    ];
  };
  return {
    title: "By contracts in the registry",
    of: "contracts",
    about:
      "A function imports its own contract alone, so it does not grow; the OpenAPI document has them all.",
    columns: SIZES.map(String),
    rows: KINDS.flatMap(rowsOf),
  };
}

/** So many contracts, a registry of them, the function of the first and one that serves the document. */
async function generate(root: string, size: number): Promise<void> {
  await mkdir(root, { recursive: true });
  const nths = Array.from({ length: size }, (_, nth) => nth);
  const files: Record<string, string> = {
    "function.ts": `
      import { lambda } from ${JSON.stringify(modules.lambda)};
      import { contract0 } from "./contract-0.ts";
      export const handler = lambda(contract0, ({ body }) => ({ message: body.name, numbers: [body.count] }));`,
    "openapi.ts": `
      import { contract } from ${JSON.stringify(modules.contract)};
      import { lambda } from ${JSON.stringify(modules.lambda)};
      import { toOpenApi } from ${JSON.stringify(modules.openapi)};
      import { text } from ${JSON.stringify(modules.schema)};
      ${nths.map((nth) => `import { contract${nth} } from "./contract-${nth}.ts";`).join("\n")}
      const api = { ${nths.map((nth) => `contract${nth}`).join(", ")} };
      const about = { title: "Generated", version: "1", server: "/" };
      const openapi = contract({
        method: "POST", path: "/lucky_numbers", summary: "Describes", reply: text("application/json"),
      });
      export const handler = lambda(openapi, () => JSON.stringify(toOpenApi(api, about)));`,
  };
  for (const nth of nths) files[`contract-${nth}.ts`] = contractSource(nth);
  await Promise.all(Object.entries(files).map(([name, source]) => writeFile(join(root, name), source)));
}

function contractSource(nth: number): string {
  const path = nth === 0 ? "/lucky_numbers" : `/lucky_numbers_${nth}`;
  return `
    import { contract } from ${JSON.stringify(modules.contract)};
    import * as z from ${JSON.stringify(modules.zod)};
    export const contract${nth} = contract({
      method: "POST",
      path: "${path}",
      summary: "Greets by name and draws lucky numbers, number ${nth}",
      body: z.object({ name: z.string().check(z.maxLength(256)), count: z.uint32() }),
      example: { name: "SilentByte", count: ${nth} },
      reply: z.object({ message: z.string(), numbers: z.array(z.int()) }),
    });`;
}
