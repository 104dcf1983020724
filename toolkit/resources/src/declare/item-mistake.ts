import { type Described, definitionOf } from "@lucky/gateway/definition";
import type { Key, Table } from "./table.ts";

/** What DynamoDB takes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MOST_INDEXES = 20;

const ADVICE: Readonly<Record<string, string>> = {
  date: "a table holds no dates: write z.iso.datetime()",
  map: "a table holds no Map: write z.record() or a list of pairs",
  transform: "what a transform gives would be transformed again when it is read: do that in the function",
  codec: "what a codec gives is no input of its own when it is read: keep what it takes",
  bigint: "DynamoDB has one kind of numbers, and a small one is read as a number: write z.coerce.bigint()",
  symbol: "a table holds no symbols",
  function: "a table holds no functions",
  promise: "a table holds no promises",
  file: "a table holds no files",
};

/** What is wrong with a table, as far as zod's schemas show it; undefined where nothing is. */
export function findItemMistake({ item, key, indexes, numbers }: Table): string | undefined {
  const named = Object.entries(indexes);
  for (const [name] of named)
    if (!/^[\w.-]{3,255}$/.test(name)) return `its index ${name} needs a name of three letters at least`;
  if (named.length > MOST_INDEXES) return `it has ${named.length} indexes, and ${MOST_INDEXES} are the most`;
  const { shape } = definitionOf(item as Described); // or nothing is known of it
  for (const attribute of shape ? [key, ...named.map(([, index]) => index)].flatMap(attributesOf) : []) {
    const { type } = definitionOf(shape?.[attribute]);
    if (shape?.[attribute] === undefined) return `its key ${attribute} is no attribute of its item`;
    if ((type === "number" || type === "int") !== numbers.includes(attribute))
      return `numbers are those of its keys' attributes that are numbers: see ${attribute}`;
  }
  return mistakeIn(item as Described, "item", new Set());
}

function attributesOf({ partition, sort }: Key): readonly string[] {
  return sort === undefined ? [partition] : [partition, sort];
}

type Parts = {
  readonly type?: string;
  readonly coerce?: boolean;
  readonly shape?: Readonly<Record<string, Described>>;
  readonly options?: readonly Described[];
  readonly items?: readonly Described[];
  readonly getter?: () => Described;
  readonly reverseTransform?: unknown;
} & {
  readonly [Name in "innerType" | "element" | "valueType" | "left" | "right" | "in" | "out"]?: Described;
};

function mistakeIn(schema: Described | undefined, at: string, seen: Set<unknown>): string | undefined {
  const def = schema?._zod?.def as Parts | undefined; // zod's own, as far as it is looked at
  if (def === undefined || seen.has(def)) return undefined;
  seen.add(def);
  const type = def.reverseTransform ? "codec" : (def.type ?? "");
  if (Object.hasOwn(ADVICE, type) && !(type === "bigint" && def.coerce)) return `${at}: ${ADVICE[type]}`;
  const {
    innerType,
    element,
    valueType,
    left,
    right,
    in: taken,
    out,
    getter,
    options = [],
    items = [],
  } = def;
  const inner = [innerType, element, valueType, left, right, taken, out, getter?.(), ...options, ...items];
  const fields = Object.entries(def.shape ?? {}).map(([name, field]) => [`${at}.${name}`, field] as const);
  for (const [place, part] of [...inner.map((each) => [at, each] as const), ...fields]) {
    const mistake = mistakeIn(part, place, seen);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}
