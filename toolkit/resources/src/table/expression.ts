import { type Attribute, toAttribute } from "./attribute.ts";

/** The names and values of the expressions of one call, each by the placeholder that DynamoDB wants for it. */
export class Expression {
  readonly #names = new Map<string, string>();
  readonly #values: Record<string, Attribute> = {};

  name(attribute: string): string {
    const known = this.#names.get(attribute);
    if (known !== undefined) return known;
    const placeholder = `#${this.#names.size}`;
    this.#names.set(attribute, placeholder);
    return placeholder;
  }

  value(value: unknown, at: string): string {
    const placeholder = `:${Object.keys(this.#values).length}`;
    this.#values[placeholder] = toAttribute(value, at);
    return placeholder;
  }

  /** What a call has of them; DynamoDB refuses empty ones. */
  get parts(): object {
    const names = Object.fromEntries(
      [...this.#names].map(([attribute, placeholder]) => [placeholder, attribute]),
    );
    return {
      ...(this.#names.size > 0 && { ExpressionAttributeNames: names }),
      ...(Object.keys(this.#values).length > 0 && { ExpressionAttributeValues: this.#values }),
    };
  }
}
