/** What every dialect turns into its result. */
export type Reply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Throws a TypeError for what JSON cannot say: undefined, functions, bigints, cycles. */
export function json(status: number, value: unknown, type = "application/json"): Reply {
  const body: string | undefined = JSON.stringify(value);
  if (body === undefined) throw new TypeError(`a reply of type ${typeof value} has no JSON`);
  return { status, headers: { "content-type": type }, body };
}
