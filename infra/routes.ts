import { existsSync } from "node:fs";
import type { Contract } from "@lucky/gateway/contract";
import { ConfigurationError } from "./configuration-error.ts";

/** A function to deploy, and the route that leads to it. */
export type Route = {
  /** The folder in functions/. */
  readonly name: string;
  /** Such as LuckyNumbers, as resources are called. */
  readonly resource: string;
  /** Such as `POST /lucky_numbers`. */
  readonly key: string;
  readonly summary: string;
  /** As SST names it: file and export. */
  readonly handler: string;
};

/** The routes of all contracts. Throws a ConfigurationError for two on one route, or one without its function. */
export function routesOf(contracts: Readonly<Record<string, Contract>>, root: string): readonly Route[] {
  const taken = new Map<string, string>();
  return Object.entries(contracts).map(([name, { method, path, summary }]) => {
    const file = `functions/${name}/src/handler`;
    if (!existsSync(`${root}/${file}.ts`)) {
      throw new ConfigurationError(
        `The contract ${name} has no function: write ${file}.ts, or take it out of packages/api.`,
      );
    }
    // The names of parameters do not tell routes apart.
    const shape = `${method} ${path.replaceAll(/\{[^}+]+(\+?)\}/g, "{$1}")}`;
    const other = taken.get(shape);
    if (other !== undefined) {
      throw new ConfigurationError(
        `The contracts ${other} and ${name} have the same route, ${method} ${path}: change one.`,
      );
    }
    taken.set(shape, name);
    return {
      name,
      resource: toPascalCase(name),
      key: `${method} ${path}`,
      summary,
      handler: `${file}.handler`,
    };
  });
}

function toPascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
