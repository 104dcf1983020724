import { changed, madeUp } from "../made-up.ts";
import { createForReal } from "../real-providers.ts";
import { findMistakes } from "../schemas/mistakes.ts";
import { unseal } from "../secret.ts";
import type { Provider } from "./engine.ts";
import type { Properties, Registration } from "./row.ts";

/** Nothing but what is on this machine is made, and in a preview not even that. What AWS would refuse is added to `failures`. */
export function createProvider(isPreview: boolean, failures: unknown[]): Provider {
  function check({ type, name }: Registration, inputs: Properties): void {
    const mistakes = findMistakes(type, inputs)?.mistakes ?? [];
    failures.push(...mistakes.map((mistake) => `AWS would refuse ${name} (${type}): ${mistake}.`));
  }
  async function makeForReal({ type, name }: Registration, inputs: Properties): Promise<object> {
    if (isPreview) return {};
    try {
      return (await createForReal(type, name, inputs)) ?? {};
    } catch (error) {
      failures.push(error);
      throw error;
    }
  }
  return {
    async create(wanted, inputs) {
      if (!wanted.custom) return { id: "", outputs: {} };
      const plain = unseal(inputs) as Properties; // of a record
      check(wanted, plain);
      const { id, state } = madeUp(wanted.type, wanted.name, plain);
      return {
        id,
        outputs: { ...state, ...inputs, ...madeOf(state, inputs), ...(await makeForReal(wanted, plain)) },
      };
    },
    async update(wanted, inputs, old) {
      if (!wanted.custom) return {};
      const plain = unseal(inputs) as Properties;
      check(wanted, plain);
      const plainOld = unseal({ inputs: old.inputs, outputs: old.outputs }) as typeof old; // likewise
      const state = changed(wanted.type, wanted.name, plain, plainOld);
      return { ...state, ...inputs, ...madeOf(state, inputs), ...(await makeForReal(wanted, plain)) };
    },
  };
}

/** What was made up, over inputs that are marked as secrets. */
function madeOf(state: Properties, inputs: Properties): Properties {
  const plain = unseal(inputs) as Properties; // likewise
  return Object.fromEntries(
    Object.entries(state).filter(([key, value]) => !(key in inputs) || value !== plain[key]),
  );
}
