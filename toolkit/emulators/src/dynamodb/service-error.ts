import { database, type ServiceError } from "./dynalite.ts";

const NAMESPACE = "com.amazonaws.dynamodb.v20120810#";

/** An error that DynamoDB answers with status 400, such as `TransactionCanceledException`. */
export function serviceError(
  name: string,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): ServiceError {
  const body = { __type: `${NAMESPACE}${name}`, message, ...members };
  return Object.assign(new Error(message), { statusCode: 400, body });
}

export function validationError(message: string): ServiceError {
  return database.validationError(message);
}

export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "statusCode" in error && "body" in error;
}

/** The error's name without its namespace. */
export function nameOf(error: ServiceError): string {
  return error.body.__type.replace(/^.*#/, "");
}
