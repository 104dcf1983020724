import { existsSync } from "node:fs";
import type { Contract } from "@lucky/gateway/contract";
import { pascalCase } from "@lucky/gateway/name";
import { routeShape } from "@lucky/gateway/route-shape";
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
  return Object.entries(contracts).map(([name, contract]) => {
    const { method, path, summary } = contract;
    const file = `functions/${name}/src/handler`;
    if (!existsSync(`${root}/${file}.ts`)) {
      throw new ConfigurationError(
        `The contract ${name} has no function: write ${file}.ts, or take it out of packages/api.`,
      );
    }
    const shape = routeShape(contract);
    const other = taken.get(shape);
    if (other !== undefined) {
      throw new ConfigurationError(
        `The contracts ${other} and ${name} have the same route, ${method} ${path}: change one.`,
      );
    }
    taken.set(shape, name);
    return {
      name,
      resource: pascalCase(name),
      key: `${method} ${path}`,
      summary,
      handler: `${file}.handler`,
    };
  });
}
