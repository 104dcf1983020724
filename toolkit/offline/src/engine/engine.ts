import { unseal } from "../secret.ts";
import type { EventLog } from "./event-log.ts";
import { identityOf } from "./identity.ts";
import type { Properties, Registration, Row } from "./row.ts";
import { decide, type Step } from "./step.ts";

/** What makes, changes and deletes resources; nothing really happens in a preview. */
export type Provider = {
  /** Throws what AWS would say. */
  create(
    wanted: Registration,
    inputs: Properties,
  ): Promise<{ readonly id: string; readonly outputs: Properties }>;
  update(wanted: Registration, inputs: Properties, old: Row): Promise<Properties>;
};

/** What an update has come to: how many resources were created, updated and so on. */
export type Changes = Readonly<Record<string, number>>;

/**
 * Brings what there is to what a program registers, as Pulumi's engine does: what has changed is told by the state of the last
 * deploy, and what is registered no more is deleted at the end. Old resources that were replaced go last as well, unless they
 * must go first. Not done: to replace what depends on a resource that goes first, and what a provider reads anew.
 */
export class Engine {
  readonly #old: Map<string, Row>;
  readonly #provider: Provider;
  readonly #log: EventLog;
  readonly #rows: Row[] = [];
  readonly #replaced: Row[] = [];
  readonly #identities: Set<string>;
  readonly #changes: Record<string, number> = {};

  constructor(old: readonly Row[], provider: Provider, log: EventLog) {
    this.#old = new Map(old.map((row) => [row.urn, row]));
    this.#provider = provider;
    this.#log = log;
    this.#identities = new Set(old.flatMap(({ type, inputs }) => identityOf(type, seen(inputs)) ?? []));
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get changes(): Changes {
    return this.#changes;
  }

  async register(wanted: Registration): Promise<Row> {
    const old = [wanted.urn, ...wanted.aliases].flatMap((urn) => this.#old.get(urn) ?? [])[0];
    if (old !== undefined) this.#old.delete(old.urn);
    const step = decide(wanted, old);
    try {
      const row = await this.#carryOut(wanted, step, old);
      this.#rows.push(row);
      return row;
    } catch (error) {
      if (old !== undefined) this.#rows.push(old); // it is still there
      this.#log.failed(step.op, wanted);
      throw error;
    }
  }

  /** A component says what it has come to at its end. */
  setOutputs(urn: string, outputs: Properties): void {
    const index = this.#rows.findIndex((row) => row.urn === urn);
    const row = this.#rows[index];
    if (row !== undefined) this.#rows[index] = { ...row, outputs };
  }

  /** Deletes what was replaced, and what was not registered. Throws for what is protected. */
  finish(): void {
    for (const row of this.#replaced) this.#count("delete-replaced", row, undefined);
    for (const row of [...this.#old.values()].reverse()) {
      if (row.type.startsWith("pulumi:providers:")) continue;
      refuseProtected("delete", row);
      this.#count("delete", row, undefined);
    }
  }

  async #carryOut(wanted: Registration, step: Step, old: Row | undefined): Promise<Row> {
    const { urn, type, custom, parent, protect, retainOnDelete } = wanted;
    const common = {
      urn,
      type,
      custom,
      ...(parent && { parent }),
      ...(protect && { protect }),
      ...(retainOnDelete && { retainOnDelete }),
      inputs: step.inputs,
    };
    if (old === undefined || step.op === "create") {
      const row = await this.#create(wanted, step.inputs, common);
      return this.#count("create", undefined, row);
    }
    const same = { ...common, ...(custom && { id: old.id ?? "" }) };
    if (step.op === "same") return this.#count("same", old, { ...same, outputs: old.outputs });
    if (step.op === "update") {
      this.#forget(old);
      this.#claim(wanted, step.inputs);
      const outputs = await this.#provider.update(wanted, step.inputs, old);
      return this.#count("update", old, { ...same, outputs }, step);
    }
    refuseProtected("replace", old);
    if (step.deletesFirst) {
      if (!old.retainOnDelete) this.#forget(old);
      this.#count("delete-replaced", old, undefined);
    } else this.#replaced.push(old);
    const row = await this.#create(wanted, step.inputs, common);
    this.#count("create-replacement", old, row, step);
    return this.#count("replace", old, row, step);
  }

  async #create(wanted: Registration, inputs: Properties, common: Omit<Row, "outputs">): Promise<Row> {
    this.#claim(wanted, inputs);
    const { id, outputs } = await this.#provider.create(wanted, inputs);
    return { ...common, ...(wanted.custom && { id }), outputs };
  }

  #claim({ name, type }: Registration, inputs: Properties): void {
    const identity = identityOf(type, seen(inputs));
    if (identity === undefined) return;
    if (this.#identities.has(identity))
      throw new Error(`AWS would refuse ${name} (${type}) with a 409: there is already a ${identity}.`);
    this.#identities.add(identity);
  }

  #forget({ type, inputs }: Row): void {
    const identity = identityOf(type, seen(inputs));
    if (identity !== undefined) this.#identities.delete(identity);
  }

  #count<Kind extends Row | undefined>(op: string, old: Row | undefined, row: Kind, step?: Step): Kind {
    this.#changes[op] = (this.#changes[op] ?? 0) + 1;
    this.#log.step(op, old, row, step);
    return row;
  }
}

function seen(inputs: Properties): Properties {
  return unseal(inputs) as Properties; // of a record
}

function refuseProtected(verb: string, { urn, protect }: Row): void {
  if (!protect) return;
  throw new Error(
    `unable to ${verb} resource "${urn}"\nas it is currently marked for protection. Take its "protect" away and deploy, and then do this.`,
  );
}
