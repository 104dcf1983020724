import { type Data, type Store, type Types, validations } from "./dynalite.ts";
import { operations } from "./operations.ts";
import { serviceError, validationError } from "./service-error.ts";

/**
 * One call of DynamoDB, by the operation's name and the parsed body of the request. Rejects with a ServiceError where DynamoDB
 * would answer with one, and where it has no such operation or member here.
 */
export async function call(store: Store, name: string, request: object, now: () => number): Promise<unknown> {
  const operation = operations.get(name);
  if (operation === undefined)
    throw serviceError("UnknownOperationException", `The DynamoDB on this machine has no ${name}.`);
  refuseUnknown(name, request, operation.types, operation.ignored ?? []);
  const data: Data = validations.checkTypes(request, operation.types);
  validations.checkValidations(data, operation.types, operation.custom, store);
  return operation.run(store, data, now);
}

/** What would be dropped in silence, and so look as if it worked. */
function refuseUnknown(name: string, request: object, types: Types, ignored: readonly string[]): void {
  const unknown = Object.entries(request).filter(
    ([member, value]) =>
      value !== null &&
      value !== undefined &&
      !(member in types) &&
      !ignored.includes(member) &&
      !isOff(value),
  );
  if (unknown.length === 0) return;
  const names = unknown.map(([member]) => member).join(" and no ");
  throw validationError(`The ${name} on this machine has no ${names}.`);
}

/** Such as `StreamSpecification: { StreamEnabled: false }`. */
function isOff(value: unknown): boolean {
  if (value === false || (Array.isArray(value) && value.length === 0)) return true;
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    "StreamEnabled" in value &&
    value.StreamEnabled === false
  );
}
