/** Every problem that the gateway itself can answer with. The key is stable: callers may switch on it. */
export const gatewayProblems = {
  "missing-body": define(400, "The body is missing"),
  "malformed-body": define(400, "The body cannot be decoded"),
  "malformed-json": define(400, "The body is not JSON"),
  unauthenticated: define(401, "The caller is unknown"),
  "not-found": define(404, "There is nothing at this path"),
  "method-not-allowed": define(405, "The method is not allowed here"),
  "body-too-large": define(413, "The body is too large"),
  "unsupported-media-type": define(415, "The content type is not supported"),
  "invalid-request": define(422, "The request breaks the contract"),
  "internal-error": define(500, "Something went wrong"),
  "out-of-time": define(503, "There was not enough time"),
};

export type GatewayProblem = keyof typeof gatewayProblems;

function define(status: number, title: string): { readonly status: number; readonly title: string } {
  return { status, title };
}
