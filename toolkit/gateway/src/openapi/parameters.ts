import type { Contract } from "../contract/contract.ts";
import { pascalCase } from "../contract/name.ts";
import { type Part, PLACES } from "../contract/places.ts";
import { parameterNames } from "../contract/route.ts";
import { type Components, DescriptionError, resolve } from "./components.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import type { Json } from "./json.ts";
import { toJson } from "./json-schema.ts";
import { withExamples } from "./parameter-examples.ts";

/** Where the parameters are of, and the components that their schemas refer to. */
type Of = { readonly operation: string; readonly components: Components };

/** The parameters that the contract has in a part, each with its examples. */
export function toParameters(contract: Contract, part: Part, of: Of): Json[] {
  const { properties, required, others } = fieldsIn(contract, part, of);
  const examples: Readonly<Record<string, unknown>> = contract.examples?.[part] ?? {};
  const ofPath = part === "params" && others ? parameterNames(contract.path) : []; // each by the rule for all
  const unnamed = ofPath.map((name): [string, Json] => [name, Object(others?.additionalProperties)]);
  const parameters = [...new Map([...unnamed, ...properties])].map(([name, schema]) => {
    checkValue(name, part, schema, of);
    const isRequired = part === "params" || required.includes(name);
    return toParameter(
      { name, in: PLACES[part], required: isRequired },
      schema,
      examples[name],
      of.components,
    );
  });
  return others === undefined || part === "params"
    ? parameters
    : [...parameters, ...toFreeForm(part, others, properties, examples)];
}

/** The parameters of the path; `segments` in the place of a greedy one, where its template has several. */
export function toPathParameters(contract: Contract, segments: readonly string[], of: Of): Json[] {
  const { params: examples } = contract.examples ?? {};
  const described = new Map(
    toParameters(contract, "params", of).map((parameter) => [parameter.name, parameter]),
  );
  const parameters = parameterNames(contract.path).map(
    (name) => described.get(name) ?? textParameter(name, examples?.[name]),
  );
  if (segments.length === 0) return parameters;
  const { name: greedy, description = "" } = parameters.at(-1) ?? {};
  const values = examples?.[String(greedy)]?.split("/") ?? [];
  const parts = segments.map((name, index) => {
    const isLast = index + 1 === segments.length;
    const rest = isLast ? " and all that follow" : "";
    const value = values.slice(index, isLast ? undefined : index + 1).join("/");
    return {
      ...textParameter(name, value || undefined),
      description: `Segment ${index + 1}${rest} of ${greedy}. ${description}`.trim(),
    };
  });
  return [...parameters.slice(0, -1), ...parts];
}

function fieldsIn(contract: Contract, part: Part, { operation, components }: Of): Fields {
  const { [part]: schema } = contract;
  if (schema === undefined) return { properties: new Map(), required: [] };
  const name = `${operation}${pascalCase(part)}`;
  const fields = fieldsOf(toJson(schema, "request", { name, components }), components);
  if (fields === undefined) throw new DescriptionError(`its ${part} is an object, and its schema takes none`);
  return fields;
}

function toParameter(parameter: Json, schema: Json, example: unknown, components: Components): Json {
  const { description, deprecated } = resolve(schema, components);
  const { description: _, deprecated: __, examples = [], ...rest } = schema;
  return {
    ...parameter,
    ...(description !== undefined && { description }),
    ...(deprecated === true && { deprecated }),
    schema: rest,
    ...withExamples(example, examples, resolve(rest, components)),
  };
}

function textParameter(name: string, example: unknown): Json {
  return { name, in: "path", required: true, schema: { type: "string" }, ...withExamples(example) };
}

/** Text arrives, or a list of texts: nothing has a way to send more. */
function checkValue(name: string, part: Part, schema: Json, { components }: Of): void {
  const forms = fieldsOf(schema, components);
  const { type } = resolve(schema, components);
  if (type === "object" && forms !== undefined)
    throw new DescriptionError(
      `text arrives, and ${name} of its ${part} is an object: write a field for each of its own, or a codec of text`,
    );
}

/**
 * Fields of any name, as https://spec.openapis.org/oas/v3.1.0.html#style-values has them: its own name is nowhere sent. Every
 * call has headers and cookies that are not the contract's, so one that takes all of them says nothing.
 */
function toFreeForm(
  part: Part,
  others: Json,
  properties: ReadonlyMap<string, Json>,
  examples: Readonly<Record<string, unknown>>,
): Json[] {
  if (part !== "query") {
    if (/^(?:true|\{\}|\{"type":"string"\})$/.test(JSON.stringify(others.additionalProperties))) return [];
    throw new DescriptionError(
      `its ${part} take names that it does not give, each with a rule: OpenAPI cannot say that, so name them`,
    );
  }
  const unused = (name: string): string => (properties.has(name) ? unused(`${name}_`) : name);
  const shown = Object.entries(examples).filter(([name]) => !properties.has(name));
  return [
    {
      name: unused("parameters"),
      in: "query",
      required: false,
      description: "Parameters of any name.",
      style: "form",
      explode: true,
      schema: others,
      ...(shown.length > 0 && { example: Object.fromEntries(shown) }),
    },
  ];
}
