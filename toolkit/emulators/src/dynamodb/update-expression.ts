import { type AttributeValue, type Data, database, type Item } from "./dynalite.ts";
import { validationError } from "./service-error.ts";

// What dynalite's updates get wrong. `SET a = b ADD b :one` would change both, as they share one value; and what it calculates
// may leave the range of DynamoDB's numbers.

type Path = readonly (string | number)[];
type Operation = { readonly type: string; readonly name?: string; readonly args: readonly Operand[] };
type Operand = Path | Operation | AttributeValue;
type Section = { readonly type: string; val?: Operand };

/** Puts a copy of what an update reads from the item in the place of each path that it names. */
export function copyOperands(data: Data, item: Item | undefined): void {
  const updates = data._updates as { readonly sections: readonly Section[] } | undefined; // what dynalite's parser makes
  for (const section of updates?.sections ?? [])
    if (section.type === "set" && section.val !== undefined)
      section.val = copyOperand(section.val, item ?? {});
}

/** Refuses numbers that DynamoDB cannot hold: 38 digits, of a magnitude up to 9.9e125. */
export function refuseNumbers(item: Item): void {
  for (const value of Object.values(item)) refuseNumber(value);
}

function copyOperand(operand: Operand, item: Item): Operand {
  if (isPath(operand)) return structuredClone(database.mapPath(operand, item)) ?? operand;
  if (!isOperation(operand)) return operand;
  const [first, second] = operand.args;
  if (operand.name !== "if_not_exists")
    return { ...operand, args: operand.args.map((each) => copyOperand(each, item)) };
  const found = isPath(first) ? database.mapPath(first, item) : undefined;
  return found === undefined || found === null
    ? copyOperand(second as Operand, item)
    : structuredClone(found); // it has two
}

function isPath(operand: Operand | undefined): operand is Path {
  return Array.isArray(operand);
}

function isOperation(operand: Operation | AttributeValue | Path): operand is Operation {
  return "type" in operand; // an attribute's value has a member such as S
}

function refuseNumber(value: AttributeValue): void {
  const { N, L, M } = value as { N?: string; L?: readonly AttributeValue[]; M?: Item };
  if (N !== undefined) refuseDigits(N);
  for (const each of L ?? Object.values(M ?? {})) refuseNumber(each);
}

function refuseDigits(number: string): void {
  if (number.length <= 38) return;
  const [whole = "", fraction = ""] = number.replace("-", "").split(".");
  if (whole.length > 126)
    throw validationError(
      "Number overflow. Attempting to store a number with magnitude larger than supported range",
    );
  if (/[1-9]/.test(whole) === false && /^0{130}/.test(fraction))
    throw validationError(
      "Number underflow. Attempting to store a number with magnitude smaller than supported range",
    );
  const digits = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "");
  if (digits.length > 38)
    throw validationError("Attempting to store more than 38 significant digits in a Number");
}
