import { type Environment, type EnvironmentOptions, startEnvironment } from "./environment.ts";
import type { Outcome } from "./runtime-api.ts";

/** The execution environments of one function. */
export type EnvironmentPool = {
  /** Runs one event (JSON) in an idle environment, or in a new one. Undefined when too many are busy. */
  invoke(event: string): Promise<Outcome | undefined>;
  stop(): void;
};

/** As Lambda does, an environment takes one event at a time, and more events at once get more environments. */
export function createEnvironmentPool(options: EnvironmentOptions, concurrency: number): EnvironmentPool {
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  let busy = 0;

  async function claim(): Promise<Environment> {
    const warm = idle.pop();
    if (warm?.isAlive()) return warm;
    if (warm) all.delete(warm);
    const fresh = await startEnvironment(options);
    all.add(fresh);
    return fresh;
  }

  return {
    async invoke(event) {
      if (busy === concurrency) return undefined;
      busy++;
      try {
        const environment = await claim();
        const outcome = await environment.invoke(event);
        if (environment.isAlive()) idle.push(environment);
        else all.delete(environment);
        return outcome;
      } finally {
        busy--;
      }
    },
    stop() {
      for (const environment of all) environment.stop();
    },
  };
}
