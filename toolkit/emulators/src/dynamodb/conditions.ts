import { isDeepStrictEqual } from "node:util";
import { type AttributeValue, Big, database, type Item } from "./dynalite.ts";

// dynalite holds two attributes that are missing for equal and two equal lists or maps for different, and puts texts in the
// order of UTF-16. What it parses is judged here as DynamoDB does:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html

type Path = readonly (string | number)[];
type Call = { readonly type: "function"; readonly name: string; readonly args: readonly Operand[] };
type Operand = Path | Call | AttributeValue;
/** A condition as dynalite's parser makes it. */
export type Condition = { readonly type: string; readonly name?: string; readonly args: readonly unknown[] };

/** Whether an item meets a condition; an item that is not there is one without attributes. */
export function meets(item: Item, { type, name = "", args }: Condition): boolean {
  const conditions = args as readonly Condition[];
  if (type === "and") return conditions.every((each) => meets(item, each));
  if (type === "or") return conditions.some((each) => meets(item, each));
  if (type === "not") return !conditions.every((each) => meets(item, each)); // it has one
  const [first, second, third] = (args as readonly Operand[]).map((operand) => resolve(operand, item));
  switch (type === "function" ? name : type) {
    case "attribute_exists":
      return first !== undefined;
    case "attribute_not_exists":
      return first === undefined;
    case "attribute_type":
      return first !== undefined && second?.S === typeOf(first);
    case "begins_with":
      return beginsWith(first, second);
    case "contains":
      return contains(first, second);
    case "between":
      return order(first, second, (sign) => sign >= 0) && order(first, third, (sign) => sign <= 0);
    case "in":
      return (args.slice(1) as readonly Operand[]).some((operand) => isSame(first, resolve(operand, item)));
    case "=":
      return isSame(first, second);
    case "<>":
      return !isSame(first, second);
    default:
      return order(first, second, comparisons[type] ?? (() => false));
  }
}

const comparisons: Readonly<Record<string, (sign: number) => boolean>> = {
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (isPath(operand)) return database.mapPath(operand, item) ?? undefined;
  if (!isCall(operand)) return operand;
  const size = sizeOf(resolve(operand.args[0] as Operand, item)); // a condition's only operand that is a call is size(path)
  return size === undefined ? undefined : { N: String(size) };
}

function isPath(operand: Operand): operand is Path {
  return Array.isArray(operand);
}

function isCall(operand: Call | AttributeValue | Path): operand is Call {
  return "type" in operand; // an attribute's value has a member such as S
}

function sizeOf(value: AttributeValue | undefined): number | undefined {
  const { S, B, M, SS, NS, BS, L } = (value ?? {}) as { S?: string; B?: string; M?: Item } & Record<
    string,
    unknown
  >;
  if (S !== undefined) return S.length;
  if (B !== undefined) return bytes(B).length;
  if (M !== undefined) return Object.keys(M).length;
  const members = SS ?? NS ?? BS ?? L;
  return Array.isArray(members) ? members.length : undefined;
}

function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? "";
}

/** Two missing values are not the same: a comparison of them is false. */
function isSame(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  return a !== undefined && b !== undefined && isDeepStrictEqual(sortSets(a), sortSets(b));
}

function sortSets(value: AttributeValue): unknown {
  const type = typeOf(value);
  const content = value[type];
  if (["SS", "NS", "BS"].includes(type)) return { [type]: [...(content as readonly string[])].sort() };
  if (type === "L") return { L: (content as readonly AttributeValue[]).map(sortSets) };
  if (type !== "M") return { [type]: content };
  return {
    M: Object.fromEntries(Object.entries(content as Item).map(([name, member]) => [name, sortSets(member)])),
  };
}

function order(
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
  fits: (sign: number) => boolean,
): boolean {
  if (a === undefined || b === undefined || typeOf(a) !== typeOf(b)) return false;
  const [left, right] = [a[typeOf(a)], b[typeOf(b)]] as [string, string]; // of the types below
  switch (typeOf(a)) {
    case "N":
      return fits(new Big(left).cmp(right));
    case "S":
      return fits(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    case "B":
      return fits(Buffer.compare(bytes(left), bytes(right)));
    default:
      return false;
  }
}

function beginsWith(text: AttributeValue | undefined, start: AttributeValue | undefined): boolean {
  if (typeof text?.S === "string" && typeof start?.S === "string") return text.S.startsWith(start.S);
  if (typeof text?.B !== "string" || typeof start?.B !== "string") return false;
  const wanted = bytes(start.B);
  return bytes(text.B).subarray(0, wanted.length).equals(wanted);
}

function contains(whole: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (whole === undefined || part === undefined) return false;
  if (typeof whole.S === "string") return typeof part.S === "string" && whole.S.includes(part.S);
  if (typeof whole.B === "string")
    return typeof part.B === "string" && bytes(whole.B).includes(bytes(part.B));
  if (Array.isArray(whole.L)) return whole.L.some((member: AttributeValue) => isSame(member, part));
  const type = typeOf(part);
  const members = whole[`${type}S`];
  return Array.isArray(members) && members.includes(part[type]);
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, "base64");
}
