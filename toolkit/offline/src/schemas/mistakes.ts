import type { Property, PropertyType } from "@aws-cdk/service-spec-types";
import type { Limit, Limits } from "./limit.ts";
import { limitsOf } from "./limits.ts";
import { findOversize } from "./oversize.ts";
import { objectOf, specificationOf } from "./specification.ts";
import { TRANSLATIONS, type Translation } from "./translation.ts";

/** What AWS would refuse of a resource, and what could not be held to its schema. */
export type Findings = {
  /** Sentences. */
  readonly mistakes: readonly string[];
  /** Paths such as `origins[].customOriginConfig.ipAddressType`. */
  readonly unknown: readonly string[];
};

type Inputs = Readonly<Record<string, unknown>>;
type Objects = { readonly name: string; readonly properties: Readonly<Record<string, Property>> };

/**
 * Holds what the provider of Pulumi is given to AWS's own schemas: what is required, types, choices, lengths, ranges and forms.
 * Undefined for a type that nobody has translated.
 *
 *     findMistakes("aws:lambda/function:Function", { description: "x".repeat(300), … })?.mistakes;
 *     // ["description has 300 characters, and AWS takes 256 at most"]
 */
export function findMistakes(type: string, inputs: Inputs): Findings | undefined {
  const translation = TRANSLATIONS[type];
  const specification = translation && specificationOf(translation.type);
  if (translation === undefined || specification === undefined) return undefined;
  const check = new Check(translation, limitsOf(translation.type), specification.identifier);
  const outer = translation.within === undefined ? specification : innerOf(specification, translation.within);
  if (outer === undefined) throw new Error(`${translation.type} has no ${translation.within}`);
  check.mistakes.push(...findOversize(type, inputs));
  check.object(outer, inputs, "", translation.within === undefined ? "" : `${translation.within}.`);
  return check;
}

function innerOf({ properties }: Objects, name: string): Objects | undefined {
  const property = properties[name];
  return property && objectOf(property.type);
}

class Check implements Findings {
  readonly mistakes: string[] = [];
  readonly unknown: string[] = [];
  readonly #translation: Translation;
  readonly #limits: Limits;
  readonly #identifier: readonly string[];

  constructor(translation: Translation, limits: Limits, identifier: readonly string[]) {
    this.#translation = translation;
    this.#limits = limits;
    this.#identifier = identifier;
  }

  /** `path` is Pulumi's, and `place` CloudFormation's. */
  object(specification: Objects, inputs: Inputs, path: string, place: string): void {
    const met = new Set<string>();
    for (const [key, value] of Object.entries(inputs)) {
      if (value === undefined || value === null) continue;
      const at = path + key;
      const pattern = at.replaceAll(/\[\d+\]/g, "[]");
      if (this.#translation.own?.[pattern] !== undefined) continue;
      this.#property(specification, key, value, at, pattern, met);
    }
    for (const [name, { required }] of Object.entries(specification.properties)) {
      if (!required || met.has(name) || this.#translation.given?.includes(place + name)) continue;
      this.mistakes.push(`${path || "it "}lacks ${name}, which AWS requires`);
    }
  }

  #property(
    specification: Objects,
    key: string,
    value: unknown,
    at: string,
    pattern: string,
    met: Set<string>,
  ): void {
    let object: Objects | undefined = specification;
    const names = (this.#translation.names?.[pattern] ?? key).split(".");
    for (const [index, name] of names.entries()) {
      const found: [string, Property] | undefined = object && this.#find(object, name);
      if (found === undefined || object === undefined) {
        this.unknown.push(pattern);
        return;
      }
      const [real, property] = found;
      if (index === 0) met.add(real);
      if (index < names.length - 1) object = objectOf(property.type);
      else this.#value(property.type, value, at, this.#limits[`${object.name}.${real}`]);
    }
  }

  /** By its name but for capital letters; `name` may be the resource's identifier. */
  #find({ properties }: Objects, name: string): [string, Property] | undefined {
    const same = Object.entries(properties).find(([real]) => real.toLowerCase() === name.toLowerCase());
    if (same !== undefined || name !== "name") return same;
    return Object.entries(properties).find(([real]) => this.#identifier.includes(real));
  }

  #value(type: PropertyType, value: unknown, at: string, limit: Limit | undefined): void {
    if (limit !== undefined) this.#limit(limit, value, at);
    switch (type.type) {
      case "string":
        if (typeof value === "object") this.mistakes.push(`${at} is no text`);
        else this.#choice(type.allowedValues, value, at);
        break;
      case "integer":
      case "number":
        if (!isNumber(value, type.type === "integer"))
          this.mistakes.push(`${at} is ${value}, and no ${type.type}`);
        else if (type.type === "integer") this.#choice(type.allowedValues, Number(value), at);
        break;
      case "boolean":
        if (!["true", "false"].includes(String(value)))
          this.mistakes.push(`${at} is ${value}, and no boolean`);
        break;
      case "array": {
        // The provider takes one object where CloudFormation has a list, and a record for pairs of name and value.
        const items = Array.isArray(value) ? value : [];
        if (!Array.isArray(value) && typeof value !== "object") this.mistakes.push(`${at} is no list`);
        else if (items.length === 0 && isSingle(type.element, value))
          this.#value(type.element, value, at, undefined);
        for (const [index, item] of items.entries())
          this.#value(type.element, item, `${at}[${index}]`, undefined);
        break;
      }
      case "map":
        if (typeof value !== "object") this.mistakes.push(`${at} is no record`);
        else
          for (const [key, item] of Object.entries(value ?? {}))
            this.#value(type.element, item, `${at}[${key}]`, undefined);
        break;
      case "ref": {
        const object = objectOf(type);
        if (typeof value !== "object") this.mistakes.push(`${at} is no object`);
        else if (object !== undefined) this.object(object, value as Inputs, `${at}.`, `${object.name}.`); // not null
        break;
      }
      case "union":
        this.#union(type.types, value, at);
        break;
      default: // json, tags, dates
    }
  }

  /** The finding of the alternative that fits best. */
  #union(types: readonly PropertyType[], value: unknown, at: string): void {
    const findings = types.map((type) => {
      const check = new Check(this.#translation, this.#limits, this.#identifier);
      check.#value(type, value, at, undefined);
      return check;
    });
    const [best] = findings.toSorted((one, other) => one.mistakes.length - other.mistakes.length);
    this.mistakes.push(...(best?.mistakes ?? []));
    this.unknown.push(...(best?.unknown ?? []));
  }

  #choice(allowed: readonly unknown[] | undefined, value: unknown, at: string): void {
    if (allowed === undefined || allowed.includes(value)) return;
    this.mistakes.push(`${at} is ${JSON.stringify(value)}, and AWS takes ${allowed.join(", ")}`);
  }

  #limit({ minLength, maxLength, min, max, pattern }: Limit, value: unknown, at: string): void {
    if (typeof value === "string" || Array.isArray(value)) {
      const unit = Array.isArray(value) ? "items" : "characters";
      const says = `${at} has ${value.length} ${unit}, and AWS takes`;
      if (maxLength !== undefined && value.length > maxLength)
        this.mistakes.push(`${says} ${maxLength} at most`);
      if (minLength !== undefined && value.length < minLength)
        this.mistakes.push(`${says} ${minLength} at least`);
    }
    if (typeof value === "string" && pattern !== undefined && !pattern.test(value))
      this.mistakes.push(`${at} is ${JSON.stringify(value)}, and AWS takes what is like ${pattern}`);
    if (max !== undefined && Number(value) > max)
      this.mistakes.push(`${at} is ${value}, and AWS takes ${max} at most`);
    if (min !== undefined && Number(value) < min)
      this.mistakes.push(`${at} is ${value}, and AWS takes ${min} at least`);
  }
}

/** The provider also takes numbers as texts. */
function isNumber(value: unknown, isInteger: boolean): boolean {
  if (typeof value !== "number" && (typeof value !== "string" || value === "")) return false;
  return isInteger ? Number.isInteger(Number(value)) : Number.isFinite(Number(value));
}

/** Rather than a record of names and values, such as dimensions. */
function isSingle(element: PropertyType, value: unknown): boolean {
  const object = objectOf(element);
  if (object === undefined || Array.isArray(value)) return false;
  return (
    Object.keys(object.properties).join() !== "Name,Value" &&
    Object.keys(object.properties).join() !== "Value,Name"
  );
}
