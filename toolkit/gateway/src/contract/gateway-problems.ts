/** Every problem that the gateway itself can answer with. The key is stable: callers may switch on it. */
export const gatewayProblems = {
  "missing-body": { status: 400, title: "The body is missing" },
  "malformed-body": { status: 400, title: "The body cannot be decoded" },
  "malformed-json": { status: 400, title: "The body is not JSON" },
  unauthenticated: { status: 401, title: "The caller is unknown" },
  "not-found": { status: 404, title: "There is nothing at this path" },
  "method-not-allowed": { status: 405, title: "The method is not allowed here" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The content type is not supported" },
  "invalid-request": { status: 422, title: "The request breaks the contract" },
  "internal-error": { status: 500, title: "Something went wrong" },
  "out-of-time": { status: 503, title: "There was not enough time" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type GatewayProblem = keyof typeof gatewayProblems;
