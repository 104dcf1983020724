import { type Answer, ask, type Engine } from "./engines.ts";

/** Asks both engines, and returns their answers in a form that is the same where they mean the same. */
export async function askBoth(
  engines: readonly [Engine, Engine],
  operation: string,
  input: object,
): Promise<readonly [unknown, unknown]> {
  const [ours, theirs] = await Promise.all(
    engines.map((engine) => ask(engine, operation, structuredClone(input))),
  );
  return [normalize(ours), normalize(theirs)];
}

/** The messages that AWS documents; its regions differ in others. */
const DOCUMENTED = [
  "ConditionalCheckFailedException",
  "ResourceNotFoundException",
  "TransactionCanceledException",
  "UnknownOperationException",
];

type Reason = { readonly Code: string; readonly Message?: string };

/** An answer, without messages that AWS does not document. */
export function documented(answer: unknown): unknown {
  const { message, ...rest } = answer as Answer & { CancellationReasons?: readonly Reason[] }; // what askBoth returns
  const reasons = rest.CancellationReasons?.map(({ Message, ...reason }) =>
    reason.Code === "ConditionalCheckFailed" ? { ...reason, Message } : reason,
  );
  return {
    ...rest,
    ...(reasons && { CancellationReasons: reasons }),
    ...(DOCUMENTED.includes(rest.error ?? "") && { message }),
  };
}

/** Sets have no order, batches neither; members of objects are sorted, so that differences are easy to read. */
function normalize(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => {
        if (["SS", "NS", "BS"].includes(name) && Array.isArray(member))
          return [name, member.map(normalize).sort()];
        return [
          name,
          name === "Responses" && !Array.isArray(member) ? sortBatches(member) : normalize(member),
        ];
      }),
  );
}

function sortBatches(tables: object): unknown {
  return Object.fromEntries(
    Object.entries(tables).map(([table, items]) => [
      table,
      (items as unknown[]).map((item) => JSON.stringify(normalize(item))).sort(),
    ]),
  );
}
