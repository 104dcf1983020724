import { type Contract, repliesOf } from "../contract/contract.ts";
import { type GatewayProblem, gatewayProblems } from "../contract/problem.ts";
import { toContent } from "./content.ts";
import type { Json } from "./json.ts";
import type { Place } from "./json-schema.ts";
import { toProblemExamples } from "./problem-examples.ts";
import { type Problems, toProblemSchema } from "./problem-schema.ts";
import { toResponseHeaders } from "./response-headers.ts";
import { asksWhoCalls } from "./security.ts";

/** Each reply by its status, and with it every problem that a call can be answered with of that status. */
export function toResponses(contract: Contract, place: Place, server: string): Json {
  const replies = repliesOf(contract);
  const problems = Map.groupBy(problemsOf(contract), ([, { status }]) => String(status));
  const statuses = [...new Set([...Object.keys(replies), ...problems.keys()])]; // numbers, which an object has in order
  return Object.fromEntries(
    statuses.map((status) => {
      const schema = replies[Number(status)];
      const ofStatus = problems.get(status) ?? [];
      const example = status === "200" ? contract.replyExample : undefined;
      const titles = ofStatus.map(([, { title }]) => `${title}.`).join(" ");
      const content = {
        ...(schema && toContent(schema, "reply", example, { ...place, name: `${place.name}Reply${status}` })),
        ...(ofStatus.length > 0 && {
          "application/problem+json": {
            schema: toProblemSchema(ofStatus, place),
            examples: toProblemExamples(ofStatus, contract, server),
          },
        }),
      };
      const headers = toResponseHeaders(contract, Number(status), ofStatus);
      return [
        status,
        {
          description: schema === undefined ? titles : contract.summary,
          ...(Object.keys(headers).length > 0 && { headers }),
          ...(Object.keys(content).length > 0 && { content }),
        },
      ];
    }),
  );
}

function problemsOf(contract: Contract): Problems {
  const { body, params, query, headers, cookies, problems = {} } = contract;
  const bodies = body?.several ?? [body ?? []].flat();
  const kinds: GatewayProblem[] = ["internal-error", "out-of-time"];
  if (body ?? params ?? query ?? headers ?? cookies) kinds.unshift("invalid-request");
  if (body) kinds.unshift("malformed-body", "body-too-large", "unsupported-media-type");
  if (asksWhoCalls(contract)) kinds.unshift("unauthenticated");
  // Of text and bytes there may be none: an empty file.
  if (bodies.some(({ media }) => !media || media.read)) kinds.unshift("missing-body");
  if (bodies.some(({ media }) => media === undefined)) kinds.unshift("malformed-json");
  return [...kinds.map((kind) => [kind, gatewayProblems[kind]] as const), ...Object.entries(problems)];
}
