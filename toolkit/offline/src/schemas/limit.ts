/** How long, how large and of what form a value may be. Lengths are of a text, or of a list. */
export type Limit = {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
};
/** By the name of the object and the property, such as `Properties.Description`. */
export type Limits = Readonly<Record<string, Limit>>;
