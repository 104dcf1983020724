/** A value as DynamoDB has it: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Attribute[] }
  | { readonly M: Attributes }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };
export type Attributes = Readonly<Record<string, Attribute>>;

/** As DynamoDB has it: lists and maps in each other. */
const DEEPEST = 32;

/** Throws a TypeError that says where in the item something lies that DynamoDB cannot hold. */
export function toAttributes(item: object, at = "", depth = 0): Attributes {
  const entries = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, toAttribute(value, `${at}${name}`, depth)]),
  );
}

export function toAttribute(value: unknown, at: string, depth = 0): Attribute {
  if (depth > DEEPEST) refuse(at, "in more than 32 lists and maps, or in itself");
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) refuse(at, "half of a character");
      return { S: value };
    case "boolean":
      return { BOOL: value };
    case "number":
    case "bigint":
      return { N: toNumber(value, at) };
    case "object":
      if (value === null) return { NULL: true };
      if (value instanceof Uint8Array) return { B: toBase64(value) };
      if (value instanceof Set) return toSet([...value], at);
      if (Array.isArray(value))
        return { L: Array.from(value, (each, nth) => toAttribute(each, `${at}[${nth}]`, depth + 1)) };
      if (isPlain(value)) return { M: toAttributes(value, `${at}.`, depth + 1) };
  }
  return refuse(at, typeof value === "object" ? `a ${value?.constructor?.name}` : typeof value);
}

function refuse(at: string, what: string): never {
  throw new TypeError(`${at} is ${what}, which a table cannot hold`);
}

function toSet(values: readonly unknown[], at: string): Attribute {
  if (values.length === 0) refuse(at, "an empty set");
  if (values.every((each) => typeof each === "string")) return { SS: values };
  if (values.every((each) => typeof each === "number" || typeof each === "bigint"))
    return { NS: values.map((each) => toNumber(each, at)) };
  if (values.every((each) => each instanceof Uint8Array)) return { BS: values.map(toBase64) };
  return refuse(at, "a set of other than texts, numbers or bytes");
}

/** DynamoDB's numbers have 38 digits. A number beyond 2^53 is refused: it may have lost some of its own already. */
function toNumber(value: number | bigint, at: string): string {
  const text = String(value);
  const size = Math.abs(Number(value));
  const isHeld =
    typeof value === "bigint"
      ? size < 1e126 && text.replace(/^-|0+$/g, "").length <= 38
      : isExact(value) && (size === 0 || size >= 1e-130);
  return isHeld ? text : refuse(at, `the ${typeof value} ${text}`);
}

function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** The item as it was given; a whole number beyond 2^53 is a bigint. Throws a RangeError for a number that fits neither. */
export function fromAttributes(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, fromAttribute(attribute)]),
  );
}

function fromAttribute(attribute: Attribute): unknown {
  if ("S" in attribute) return attribute.S;
  if ("N" in attribute) return fromNumber(attribute.N);
  if ("BOOL" in attribute) return attribute.BOOL;
  if ("NULL" in attribute) return null;
  if ("M" in attribute) return fromAttributes(attribute.M);
  if ("L" in attribute) return attribute.L.map(fromAttribute);
  if ("B" in attribute) return fromBase64(attribute.B);
  if ("SS" in attribute) return new Set(attribute.SS);
  if ("NS" in attribute) return new Set(attribute.NS.map(fromNumber));
  return new Set(attribute.BS.map(fromBase64));
}

/** To round a number would change it, unseen, at the next write. */
export function fromNumber(text: string): number | bigint {
  const value = Number(text);
  if (isExact(value) && digitsOf(String(value)) === digitsOf(text)) return value;
  if (/^-?\d+$/.test(text)) return BigInt(text);
  throw new RangeError(`${text} has more digits than a number here`);
}

/** What of a number must not be lost: its digits, without what only says how large it is. */
function digitsOf(text: string): string {
  return text
    .replace(/e.*/i, "")
    .replace(/[-+.]/g, "")
    .replace(/^0+|0+$/g, "");
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
