import { unseal } from "./secret.ts";

export type Resource = {
  readonly urn: string;
  /** Undefined for a component. */
  readonly id?: string;
  readonly type: string;
  /** Whether it stays when it is taken out of the program. */
  readonly retainOnDelete?: boolean;
  /** Whether the engine refuses to delete it. */
  readonly protect?: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
};

/** What a stage consists of, as `sst state export` gives it. */
export type State = {
  readonly all: readonly Resource[];
  /** The resource of that name. Throws where there is none, or more than one. */
  resource(name: string): Resource;
  /** The names of all, in the order in which they were made. */
  readonly names: readonly string[];
  /** All of a type such as `aws:lambda/function:Function`. */
  ofType(type: string): readonly Resource[];
};

/** What is used of a project. */
type Sst = {
  sst(
    words: readonly string[],
    environment?: NodeJS.ProcessEnv,
  ): Promise<{ readonly exitCode: number | null; readonly output: string }>;
};

export async function readState(project: Sst, stage: string, environment: NodeJS.ProcessEnv): Promise<State> {
  const { exitCode, output } = await project.sst(["state", "export", "--stage", stage], environment);
  if (exitCode !== 0) throw new Error(output);
  const { latest } = JSON.parse(output) as { latest: { resources?: readonly unknown[] } }; // a Pulumi checkpoint
  return toState(latest.resources ?? []); // none once it is removed
}

/** Of the resources as a state has them. */
export function toState(rows: readonly unknown[]): State {
  const unsealed = unseal(rows) as readonly Resource[]; // a state's
  const resources = unsealed.map((row) => ({ ...row, inputs: row.inputs ?? {}, outputs: row.outputs ?? {} })); // where empty
  return {
    all: resources,
    resource(name) {
      const [found, ...more] = resources.filter(({ urn }) => urn.endsWith(`::${name}`));
      if (found === undefined || more.length > 0)
        throw new Error(`${more.length + (found ? 1 : 0)} resources are called ${name}`);
      return found;
    },
    names: resources.map(({ urn }) => urn.split("::").at(-1) ?? ""),
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}
