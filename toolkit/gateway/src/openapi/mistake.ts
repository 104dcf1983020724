import type { Contract } from "../contract/contract.ts";
import { findExampleMistake } from "../contract/examples.ts";
import { findContractMistake } from "../contract/mistakes.ts";
import { findRouteConflict } from "../contract/routes.ts";
import { findBodyFault } from "./body-fault.ts";
import { type Components, DescriptionError } from "./components.ts";
import { toOperation } from "./operation.ts";

/**
 * Why contracts cannot be one API, in a sentence that says what to change; undefined where they can. It is asked wherever
 * contracts are loaded, and where a document is made of them.
 */
export function findMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  return findMistakeBeforehand(contracts) ?? findDescriptionMistake(contracts);
}

/** The same, but for what is seen where a document is made of them. */
export function findMistakeBeforehand(contracts: Readonly<Record<string, Contract>>): string | undefined {
  return (
    findContractMistake(contracts) ??
    findRouteConflict(contracts) ??
    findBodyFault(contracts) ??
    findExampleMistake(contracts)
  );
}

function findDescriptionMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  const components: Components = new Map();
  for (const [name, contract] of Object.entries(contracts)) {
    try {
      toOperation(name, contract, { components, server: "/" });
    } catch (error) {
      if (error instanceof DescriptionError) return error.message;
      // A schema without a JSON Schema is one that a function can keep all the same.
    }
  }
  return undefined;
}
