import type { $ZodTypes } from "zod/v4/core";
import { codecs } from "../contract/codecs.ts";
import { type Contract, repliesOf } from "../contract/contract.ts";
import { standardMembers } from "../contract/standard-members.ts";
import { doublingIn } from "./doubling-union.ts";
import { childrenOf, isZod } from "./zod-schema.ts";

/**
 * Why a body of one of the contracts cannot go over the wire, in a sentence that has what to write; undefined where all
 * can. JSON has no Date, for one, and a transform without a way back cannot make a reply. Types refuse it too, but not in
 * a contract that is not typed, nor at any depth.
 *
 *     findBodyFault({ "read-order": readOrder })
 *     // "Reply 200 of read-order: #/at is a Date, which JSON does not have. Write: z.codec(…)"
 */
export function findBodyFault(contracts: Readonly<Record<string, Contract>>): string | undefined {
  for (const [name, contract] of Object.entries(contracts)) {
    const { body, problems = {} } = contract;
    for (const each of body?.several ?? [body]) {
      const sent = each?.media?.fields?.schema ?? each;
      const lacking = isZod(sent)
        ? (find(sent, unlessCoerced, wireOf) ?? find(sent, doublingIn, childrenOf))
        : undefined;
      if (lacking !== undefined) return `The body of ${name}: ${lacking}`;
    }
    const sent = [
      ...Object.entries(repliesOf(contract)).map(([status, reply]) => [`Reply ${status}`, reply] as const),
      ...Object.entries(problems).map(([kind, { members }]) => [`The problem ${kind}`, members] as const),
    ];
    for (const [what, schema] of sent) {
      if (!isZod(schema)) continue;
      const fault =
        find(schema, oneWayIn, childrenOf) ??
        find(schema, lackingIn, wireOf) ??
        (mayLack(schema) ? lackSentence("#") : find(schema, holeIn, wireOf));
      if (fault !== undefined) return `${what} of ${name}: ${fault}`;
    }
    for (const [kind, { members }] of Object.entries(problems)) {
      const taken = isZod(members) ? standardMembers.find((member) => hasField(members, member)) : undefined;
      if (taken !== undefined)
        return `The problem ${kind} of ${name}: every problem has ${taken} by itself: call the member otherwise.`;
    }
  }
  return undefined;
}

function hasField({ _zod: { def } }: $ZodTypes, name: string): boolean {
  return def.type === "object" && name in def.shape;
}

type Def = $ZodTypes["_zod"]["def"];
type Children = (schema: $ZodTypes) => readonly (readonly [place: string, child: $ZodTypes])[];

/** What a schema, or the first one in it, is at fault with. One that holds itself is looked at once. */
function find(
  schema: $ZodTypes,
  faultOf: (def: Def, place: string) => string | undefined,
  children: Children,
  place = "#",
  seen = new Set<$ZodTypes>(),
): string | undefined {
  if (seen.has(schema)) return undefined;
  seen.add(schema);
  const own = faultOf(schema._zod.def, place);
  if (own !== undefined) return own;
  for (const [name, child] of children(schema)) {
    const fault = find(child, faultOf, children, `${place}${name}`, seen);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** On the wire a codec is what it takes. */
function wireOf(schema: $ZodTypes): ReturnType<Children> {
  return childrenOf(schema).slice(0, schema._zod.def.type === "pipe" ? 1 : undefined);
}

function oneWayIn({ type }: Def, place: string): string | undefined {
  if (type !== "transform" && type !== "success") return undefined;
  return `${place} has a transform without a way back. Write: ${codecs.transform}`;
}

/** Zod's word for each kind of value that JSON lacks, and the one that people know. */
const LACKING: Partial<Record<Def["type"], keyof typeof codecs>> = {
  date: "Date",
  bigint: "bigint",
  map: "Map",
  set: "Set",
  symbol: "symbol",
};
const UNSAYABLE: readonly Def["type"][] = ["function", "promise", "file", "nan"];

function lackingIn(def: Def, place: string): string | undefined {
  const kind =
    def.type === "literal" && def.values.some((value) => typeof value === "bigint")
      ? "bigint"
      : LACKING[def.type];
  if (kind !== undefined) return `${place} is a ${kind}, which JSON does not have. Write: ${codecs[kind]}`;
  if (UNSAYABLE.includes(def.type)) return `${place} is a ${def.type}, which JSON does not have.`;
  if (place === "#" && ["undefined", "void"].includes(def.type))
    return `${place} has no value. What has no body is null.`;
  return undefined;
}

/** A list has no way to leave an item out: JSON makes null of it. */
function holeIn(def: Def, place: string): string | undefined {
  return def.type === "array" && isZod(def.element) && mayLack(def.element)
    ? lackSentence(`${place}/*`)
    : undefined;
}

/** What may be anything says nothing of it. */
function mayLack({ _zod: { optout, def } }: $ZodTypes): boolean {
  return optout === "optional" && def.type !== "any" && def.type !== "unknown";
}

function lackSentence(place: string): string {
  return `${place} may be undefined, which JSON does not have. Write: z.nullable(…)`;
}

/** What coerces takes text. */
function unlessCoerced(def: Def, place: string): string | undefined {
  return "coerce" in def && def.coerce === true ? undefined : lackingIn(def, place);
}
