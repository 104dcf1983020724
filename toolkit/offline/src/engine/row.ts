/** A resource as the engine's state has it. Secrets are marked in inputs and outputs, see secret.ts. */
export type Row = {
  readonly urn: string;
  readonly type: string;
  /** Whether a provider makes it; a component is made of others. */
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs: Properties;
  readonly outputs: Properties;
};

export type Properties = Readonly<Record<string, unknown>>;

/** What a program says of a resource. */
export type Registration = Omit<Row, "id" | "outputs"> & {
  /** Its name in the program. */
  readonly name: string;
  readonly provider: string;
  /** What it may have been called before. */
  readonly aliases: readonly string[];
  /** Properties that keep the value that they have; `*` for all. */
  readonly ignoreChanges: readonly string[];
  /** Properties whose change asks for another resource in its place; `*` for all. */
  readonly replaceOnChanges: readonly string[];
  /** Undefined where the program leaves it to the provider. */
  readonly deleteBeforeReplace: boolean | undefined;
};
