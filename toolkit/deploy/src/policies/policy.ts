/** A policy of IAM, as far as this room writes them. */
export type Policy = { readonly Version: "2012-10-17"; readonly Statement: readonly Statement[] };

export type Statement = {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Condition;
};

export type Condition = Readonly<
  Partial<Record<Operator, Readonly<Record<string, string | readonly string[]>>>>
>;
export type Operator = "StringEquals" | "StringNotEquals" | "StringLike" | "StringNotLike";

export function policy(Statement: readonly Statement[]): Policy {
  return { Version: "2012-10-17", Statement };
}

/** Allows actions of one service, which are written without its name: `allow("sns", ["CreateTopic"], arn)`. */
export function allow(
  service: string,
  actions: readonly string[],
  Resource: string | readonly string[],
  Condition?: Condition,
): Statement {
  const Action = actions.map((action) => `${service}:${action}`);
  return { Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

export function deny(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: Condition,
): Statement {
  return { Effect: "Deny", Action, Resource, ...(Condition && { Condition }) };
}
