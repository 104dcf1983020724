import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Property, PropertyType, SpecDatabase } from "@aws-cdk/service-spec-types";

/** A type of CloudFormation: what its resources have, as AWS publishes it. */
export type Specification = {
  readonly name: "Properties";
  readonly properties: Readonly<Record<string, Property>>;
  /** Whether a resource of it holds data, which goes with it. */
  readonly isStateful: boolean;
  /** The form of its ARNs, such as `arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}`. */
  readonly arn: string | undefined;
  /** The properties that name a resource. */
  readonly identifier: readonly string[];
};

let database: SpecDatabase | undefined;

/** It takes a second to read, the first time. */
function load(): SpecDatabase {
  database ??= loadAwsServiceSpecSync();
  return database;
}

/** Undefined where CloudFormation has no such type. */
export function specificationOf(cloudFormationType: string): Specification | undefined {
  const [found] = load().lookup("resource", "cloudFormationType", "equals", cloudFormationType);
  return (
    found && {
      name: "Properties",
      properties: found.properties,
      isStateful: found.isStateful ?? false,
      arn: found.arnTemplate,
      identifier: found.primaryIdentifier ?? [],
    }
  );
}

/** The object that a property is of; undefined where it is of another type. */
export function objectOf(
  type: PropertyType,
): { readonly name: string; readonly properties: Readonly<Record<string, Property>> } | undefined {
  return type.type === "ref" ? load().get("typeDefinition", type.reference.$ref) : undefined;
}
