/** A file of a form. */
export type FormFile = {
  /** As the caller calls it: never a path to trust. */
  readonly name: string;
  /** As the caller says, such as `image/png`. */
  readonly type: string;
  readonly bytes: Uint8Array;
};

export function isFile(item: unknown): item is FormFile {
  return Object(item).bytes instanceof Uint8Array;
}
