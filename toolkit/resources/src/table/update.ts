import type { Expression } from "./expression.ts";

export type AnyChanges = {
  readonly set?: object;
  readonly add?: object;
  readonly take?: object;
  readonly remove?: readonly PropertyKey[];
};

/** The expression that makes the changes. Throws a TypeError where there are none. */
export function updateOf(
  expression: Expression,
  { set = {}, add = {}, take = {}, remove = [] }: AnyChanges,
  version: string | undefined,
): string {
  const render = (changes: object, to: (name: string, value: string) => string) =>
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => to(expression.name(name), expression.value(value, name)));
  const counted = version === undefined ? add : { ...add, [version]: 1 };
  const sections = {
    SET: render(set, (name, value) => `${name} = ${value}`),
    ADD: render(counted, (name, value) => `${name} ${value}`),
    DELETE: render(take, (name, value) => `${name} ${value}`),
    REMOVE: remove.map((name) => expression.name(String(name))),
  };
  const written = Object.entries(sections).filter(([, parts]) => parts.length > 0);
  if (written.length === 0) throw new TypeError("an update changes something: set, add, take or remove");
  return written.map(([section, parts]) => `${section} ${parts.join(", ")}`).join(" ");
}

/** Whether to make the changes twice is to make them once: what is counted is not. */
export function isRepeatable({ add = {} }: AnyChanges): boolean {
  return Object.values(add).every((value) => value === undefined || value instanceof Set);
}
