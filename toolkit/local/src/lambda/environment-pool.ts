import { type Environment, type InvocationResult, startEnvironment } from "./environment.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import type { InvokeOptions } from "./invoke-options.ts";

/** The execution environments of one function. */
export type EnvironmentPool = {
  /** Runs one event (JSON) in an idle environment, or in a new one. */
  invoke(event: string, options?: InvokeOptions): Promise<InvocationResult | "throttled">;
  /** From now on, environments are made so; those that are busy end with the event they have. */
  use(options: EnvironmentOptions): void;
  stop(): void;
};

/** As Lambda does, an environment takes one event at a time, and more events at once get more environments. */
export function createEnvironmentPool(options: EnvironmentOptions, concurrency: number): EnvironmentPool {
  let current = options;
  let busy = 0;
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  const ending = new Set<Promise<void>>();

  async function claim(): Promise<Environment> {
    for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) {
      if (warm.isAlive()) return warm;
      all.delete(warm);
    }
    if (current.inspect) await Promise.all(ending); // their port is needed again
    const fresh = await startEnvironment(current);
    all.add(fresh);
    return fresh;
  }

  function release(environment: Environment): void {
    if (environment.isAlive() && environment.options === current) idle.push(environment);
    else end(environment);
  }

  function end(environment: Environment): void {
    all.delete(environment);
    const ended = environment.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  return {
    async invoke(event, given) {
      if (busy === concurrency) return "throttled";
      busy++;
      try {
        const environment = await claim();
        try {
          return await environment.invoke(event, given);
        } finally {
          release(environment);
        }
      } finally {
        busy--;
      }
    },
    use(options) {
      current = options;
      for (const environment of idle.splice(0)) end(environment);
    },
    stop() {
      for (const environment of all) environment.stop();
    },
  };
}
