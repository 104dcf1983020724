import { camelCase, pascalCase } from "@lucky/gateway/name";
import type { Draft } from "../draft.ts";
import { answerOf, exampleOf } from "./example.ts";

/** packages/contracts/src/<name>.ts: what callers may rely on. */
export function contractSource(draft: Draft, scope: string): string {
  const { name, method, path, params, hasBody, summary } = draft;
  const Name = pascalCase(name);
  const hasParams = params.length > 0;
  const imports = [
    ...(hasParams ? [`${Name}Params`] : []),
    `${Name}Reply`,
    ...(hasBody ? [`${Name}Request`] : []),
  ];
  return `import { ${imports.join(", ")} } from "${scope}/core/${name}";
import { contract } from "@lucky/gateway/contract";

// What callers may rely on. It may also have query, headers, several replies and problems of its own: see
// toolkit/gateway/src/contract/contract.ts. With the examples, the curl that pnpm start prints works: what a call needs has one.
export const ${camelCase(name)} = contract({
  method: "${method}",
  path: "${path}",
  summary: ${JSON.stringify(summary)},
${hasParams ? `  params: ${Name}Params,\n  examples: ${JSON.stringify({ params: exampleOf(draft).params })},\n` : ""}${hasBody ? `  body: ${Name}Request,\n  example: ${JSON.stringify(exampleOf(draft).body)},\n` : ""}  reply: ${Name}Reply,
  replyExample: ${JSON.stringify(answerOf(draft))},
});
`;
}
