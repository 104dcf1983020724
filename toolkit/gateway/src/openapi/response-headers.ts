import { type Contract, replySchema } from "../contract/contract.ts";
import type { GatewayProblem } from "../contract/problem.ts";
import type { Json } from "./json.ts";
import type { Problems } from "./problem-schema.ts";

type Headers = Readonly<Record<string, string>>;

/** What the gateway itself adds to its own problems. */
const OF_PROBLEMS: Partial<Record<GatewayProblem, Headers>> = {
  unauthenticated: { "www-authenticate": "How to say who calls" },
  "unsupported-media-type": {
    accept: "The media types that are taken, where the body's is not",
    "accept-encoding": "The content codings that are taken, where the body's is not",
  },
};

/** The headers of the replies of a status: those that the contract declares, and those that the gateway adds. */
export function toResponseHeaders(contract: Contract, status: number, problems: Problems): Json {
  const schema = replySchema(contract, status);
  const isAlways = schema !== undefined && problems.length === 0;
  const ofProblems = problems.map(([kind]) => OF_PROBLEMS[kind as GatewayProblem]); // or of another's
  return {
    ...describe(Object.assign({}, ...ofProblems), false),
    ...(schema !== undefined &&
      contract.compress && {
        ...describe(
          { vary: "accept-encoding: what a cache must look at" },
          isAlways && schema?.media?.form !== "bytes",
        ),
        ...(schema &&
          describe({ "content-encoding": "gzip, where the caller accepts it and it is worth it" }, false)),
      }),
    ...describe(contract.replyHeaders?.[status] ?? {}, isAlways),
  };
}

function describe(headers: Headers, required: boolean): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, ...(required && { required }), schema: { type: "string" } },
    ]),
  );
}
