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

/** What an item may hold: JSON's values, big integers, bytes, and sets of one kind of them. */
export type Storable =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Uint8Array
  | ReadonlySet<string>
  | ReadonlySet<number>
  | ReadonlySet<bigint>
  | ReadonlySet<Uint8Array>
  | readonly Storable[]
  | { readonly [name: string]: Storable };

/** Throws a TypeError that says where in the item something lies that DynamoDB cannot hold. */
export function toAttributes(item: object, at = ""): Attributes {
  const attributes: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(item)) {
    if (value !== undefined) Object.defineProperty(attributes, name, own(toAttribute(value, `${at}${name}`)));
  }
  return attributes;
}

/** `__proto__` is a name like others. */
function own(value: Attribute): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

export function toAttribute(value: unknown, at: string): Attribute {
  switch (typeof value) {
    case "string":
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
      if (Array.isArray(value)) return { L: value.map((each, nth) => toAttribute(each, `${at}[${nth}]`)) };
      if (isPlain(value)) return { M: toAttributes(value, `${at}.`) };
  }
  throw new TypeError(`${at} is ${nameOf(value)}, which a table cannot hold`);
}

function toSet(values: readonly unknown[], at: string): Attribute {
  if (values.length === 0)
    throw new TypeError(`${at} is an empty set, which a table cannot hold: leave it out`);
  if (values.every((each) => typeof each === "string")) return { SS: values };
  if (values.every((each) => typeof each === "number" || typeof each === "bigint"))
    return { NS: values.map((each) => toNumber(each, at)) };
  if (values.every((each) => each instanceof Uint8Array)) return { BS: values.map(toBase64) };
  throw new TypeError(
    `${at} is a set of several kinds, which a table cannot hold: strings, numbers or bytes`,
  );
}

/** A double is exact in DynamoDB's 38 digits; its range is smaller than a double's. */
function toNumber(value: number | bigint, at: string): string {
  const text = String(value);
  const size = Math.abs(Number(value));
  const isIn = size === 0 || (size >= 1e-130 && size < 1e126);
  if (!isIn || text.replace(/^-|0+$/g, "").length > (typeof value === "bigint" ? 38 : 99))
    throw new TypeError(
      `${at} is ${text}, which a table cannot hold: it has 38 digits, from 1e-130 to 9.9e125`,
    );
  return Object.is(value, -0) ? "0" : text;
}

/** The item as it was given; a number beyond what a double holds is a bigint. */
export function fromAttributes(attributes: Attributes): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = fromAttribute(attribute);
    if (name === "__proto__") Object.defineProperty(item, name, { value, enumerable: true });
    else item[name] = value;
  }
  return item;
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

/** Throws a RangeError for a fraction that a double cannot hold: to round it would change it, unseen, at the next write. */
function fromNumber(text: string): number | bigint {
  const value = Number(text);
  if (Number.isSafeInteger(value) && /^-?\d+$/.test(text)) return value;
  if (/^-?\d+$/.test(text)) {
    const whole = BigInt(text);
    return BigInt(value) === whole && digitsOf(String(value)) === digitsOf(text) ? value : whole;
  }
  if (digitsOf(String(value)) !== digitsOf(text))
    throw new RangeError(`${text} has more digits than a number here`);
  return value;
}

/** What of a number must not be lost: its digits, without what only says how large it is. */
function digitsOf(text: string): string {
  const [mantissa = ""] = text.toLowerCase().split("e");
  return mantissa.replace(/[-+.]/g, "").replace(/^0+|0+$/g, "");
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  const name = Object(value).constructor?.name;
  return typeof value === "object" ? `a ${name}` : `a ${typeof value}`;
}
