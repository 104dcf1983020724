import type { Contract } from "../contract/contract.ts";
import { findExampleMistake } from "../contract/examples.ts";
import { findContractMistake } from "../contract/mistakes.ts";
import { findRouteConflict } from "../contract/routes.ts";
import { findBodyFault } from "./body-fault.ts";

/**
 * Why contracts cannot be one API, in a sentence that says what to change; undefined where they can. It is asked wherever
 * contracts are loaded, and where a document is made of them.
 */
export function findMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  return (
    findContractMistake(contracts) ??
    findRouteConflict(contracts) ??
    findBodyFault(contracts) ??
    findExampleMistake(contracts)
  );
}
