import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recorded } from "@lucky/gateway/recorded";
import { bundle } from "../bundle.ts";
import { spreadOf } from "../statistics.ts";
import { BY_HAND, OURS } from "../subjects.ts";
import { measureWarm, type WarmEffort } from "../warm.ts";
import type { Growth } from "./growth.ts";

/** Bodies that have a name, and beside it what no handler asks for. */
type Bodies = {
  readonly title: string;
  readonly of: string;
  readonly about: string;
  readonly bodies: Readonly<Record<string, string>>;
};

const handlers = [
  { name: BY_HAND, file: "by-hand" },
  { name: OURS, file: "gateway" },
  { name: "plain handler, zod", file: "zod" },
] as const;

/** Warm time by how large, how deep and how wide a body is. */
export async function growWithBody(folder: string, effort: WarmEffort): Promise<readonly Growth[]> {
  const bundles = await Promise.all(
    handlers.map(async ({ name, file }) => {
      const entry = fileURLToPath(new URL(`handlers/${file}.ts`, import.meta.url));
      const made = await bundle({ entry, format: "cjs" }, join(folder, `body-${file}`));
      return { name, file: made.file };
    }),
  );
  const kinds = [bySize(), byDepth(), byWidth()];
  const cells = kinds.flatMap(({ title, bodies }) =>
    Object.entries(bodies).flatMap(([size, body]) => {
      const event = JSON.stringify(recorded("http", { body }));
      return bundles.map(({ name, file }) => ({ name: `${title} ${size} ${name}`, file, event }));
    }),
  );
  const figures = await measureWarm(cells, effort);
  return kinds.map(({ title, of, about, bodies }) => ({
    title,
    of,
    about,
    columns: Object.keys(bodies),
    rows: bundles.map(({ name }) => ({
      name,
      unit: "µs",
      cells: Object.keys(bodies).map((size) => spreadOf(figures.get(`${title} ${size} ${name}`) ?? [])),
    })),
  }));
}

function bySize(): Bodies {
  const sizes = { "100 B": 100, "1 KB": 1e3, "10 KB": 1e4, "100 KB": 1e5, "1 MB": 1e6, "5 MB": 5e6 };
  const bare = toBody({ text: "" }).length;
  const bodies = Object.entries(sizes).map(([name, size]) => [
    name,
    toBody({ text: "x".repeat(size - bare) }),
  ]);
  return {
    title: "By body size",
    of: "bytes of JSON",
    about: "Warm time in process, with a contract of the benchmark's own that ignores one long text.",
    bodies: Object.fromEntries(bodies),
  };
}

function byDepth(): Bodies {
  const bodies = [10, 50, 100].map((depth) => [
    depth,
    `{"name":"SilentByte","nested":${"[".repeat(depth)}${"]".repeat(depth)}}`,
  ]);
  return {
    title: "By depth",
    of: "arrays in arrays",
    about: "Likewise, with a field that is nested so deeply; the gateway refuses more than 128 levels.",
    bodies: Object.fromEntries(bodies),
  };
}

function byWidth(): Bodies {
  const bodies = [10, 100, 1000, 10_000].map((width) => [
    width,
    toBody(Object.fromEntries(Array.from({ length: width }, (_, nth) => [`field${nth}`, nth]))),
  ]);
  return {
    title: "By width",
    of: "fields beside the name",
    about: "Likewise, with so many fields that the contract does not know.",
    bodies: Object.fromEntries(bodies),
  };
}

function toBody(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ name: "SilentByte", ...more });
}
