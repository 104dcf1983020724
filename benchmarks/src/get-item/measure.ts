import { join } from "node:path";
import { recorded } from "@lucky/gateway/recorded";
import { type Bundle, bundle } from "../bundle.ts";
import { type ColdCell, measureCold } from "../cold.ts";
import type { Command } from "../execution.ts";
import type { Figures, Series } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { startPostgresql } from "../postgresql/start-postgresql.ts";
import type { Progress } from "../progress.ts";
import { measureRoundTrips } from "../round-trip.ts";
import type { Rounds } from "../run.ts";
import { clients } from "./clients.ts";
import { note } from "./handlers/note.ts";
import { startTlsTable } from "./tls-table.ts";

export type GetItemTask = {
  /** Where bundles go. */
  readonly folder: string;
  readonly command: Command;
  readonly plan: Plan["table"];
  readonly progress: Progress;
};

type Cell = ColdCell & { readonly bundle: Bundle };

/** What it costs a function to get an item of DynamoDB, by each client. */
export async function measureGetItem({ folder, command, plan, progress }: GetItemTask): Promise<Figures> {
  const table = await startTlsTable(folder);
  const postgresql = await startPostgresql();
  try {
    const variables = { ...table.variables, DATABASE_URL: postgresql.url };
    const cells: Cell[] = [];
    for (const { name, entry } of clients) {
      const taskRoot = join(folder, `table-${name.replaceAll(/\W+/g, "-")}`);
      const made = await bundle({ entry, format: "cjs" }, taskRoot);
      cells.push({ name, command, taskRoot, variables, bundle: made });
    }
    const event = JSON.stringify(noteEvent());
    const cold = await measureCold(cells, event, {
      ...plan.cold,
      onProgress: progress.phase("table: cold start"),
    });
    const trip = await measureRoundTrips(cells, event, {
      ...plan.trip,
      onProgress: progress.phase("table: warm"),
    });
    return {
      "table.wallMs": series(cold, ({ wallMs }) => wallMs),
      "table.cpuMs": series(cold, ({ cpuMs }) => cpuMs),
      "table.warmCpuUs": series(trip, ({ cpuUs }) => cpuUs),
      "table.minified": sizes(cells, "minified"),
      "table.gzipped": sizes(cells, "gzipped"),
    };
  } finally {
    await table.stop();
    await postgresql.stop();
  }
}

/** A GET of the note. */
export function noteEvent(): Readonly<Record<string, unknown>> {
  const path = `/notes/${note.id}`;
  const { requestContext } = recorded("http");
  return recorded("http", {
    routeKey: "GET /notes/{id}",
    rawPath: path,
    rawQueryString: "",
    pathParameters: { id: note.id },
    requestContext: {
      ...Object(requestContext),
      http: { ...Object(requestContext).http, method: "GET", path },
    },
    body: undefined,
  });
}

function series<T>(rounds: Rounds<T>, figure: (round: T) => number): Series {
  return Object.fromEntries([...rounds].map(([name, each]) => [name, each.map(figure)]));
}

function sizes(cells: readonly Cell[], which: keyof Bundle["size"]): Series {
  return Object.fromEntries(cells.map(({ name, bundle: { size } }) => [name, [size[which]]]));
}
