import { type Rights, rightsOf } from "../rights.ts";
import type { Resource, State } from "../state.ts";

/** A function as it is deployed. */
export type PlannedFunction = {
  /** The name of its resources, such as SendMail. */
  readonly name: string;
  /** What leads to it, such as `POST /mails`. */
  readonly routes: readonly string[];
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** The names of its variables; a value may be a secret. */
  readonly environment: readonly string[];
  /** Undefined where its role is not of this stage. */
  readonly rights?: Rights;
};

export function functionsOf(state: State): readonly PlannedFunction[] {
  return state.ofType("aws:lambda/function:Function").map((lambda) => {
    const name = (lambda.urn.split("::").at(-1) ?? "").replace(/Function$/, "");
    const { memorySize, timeout, environment } = lambda.inputs;
    const { variables = {} } = (environment ?? {}) as { readonly variables?: object }; // the provider's
    const hasRole = state.names.includes(`${name}Role`) && state.names.includes(`${name}Function`);
    return {
      name,
      routes: routesTo(lambda, state),
      memoryMegabytes: Number(memorySize ?? 128),
      timeoutSeconds: Number(timeout ?? 3),
      environment: Object.keys(variables).toSorted(),
      ...(hasRole && { rights: rightsOf(state, name) }),
    };
  });
}

/** By the integrations that call the function, or a version or an alias of it. */
function routesTo({ outputs }: Resource, state: State): readonly string[] {
  const leads = (uri: string) =>
    uri.endsWith(`${outputs.arn}`) || [":", "/"].some((end) => uri.includes(`${outputs.arn}${end}`));
  const targets = state
    .ofType("aws:apigatewayv2/integration:Integration")
    .filter(({ inputs }) => leads(String(inputs.integrationUri)))
    .map(({ id }) => `integrations/${id}`);
  return state
    .ofType("aws:apigatewayv2/route:Route")
    .filter(({ inputs }) => targets.includes(String(inputs.target)))
    .map(({ inputs }) => String(inputs.routeKey))
    .toSorted();
}
