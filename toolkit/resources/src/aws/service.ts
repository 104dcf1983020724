/** A service of AWS that speaks JSON. */
export type JsonService = {
  /** As in its host and in signatures. */
  readonly name: string;
  /** What stands before the action in `x-amz-target`. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
};

export const dynamodb: JsonService = { name: "dynamodb", target: "DynamoDB_20120810", version: "1.0" };
export const ssm: JsonService = { name: "ssm", target: "AmazonSSM", version: "1.1" };
