/** Prod's functions: the version of the newest code, those that were published as 1, 2 and so on, and what the alias leads to. */
export type Functions = Record<
  string,
  { code: string; published: string[]; live?: string; newer?: Record<string, number> }
>;

/** Prod after that tag was released as the only one, or the one after v1.1.0. */
export const live = (tag: string): Functions => {
  const published = tag === "v1.1.0" ? [tag] : ["v1.1.0", tag];
  const each = () => ({ code: tag, published: [...published], live: String(published.length) });
  return { "shop-prod-Greet": each(), "shop-prod-Note": each() };
};

/** What prod serves, as its aliases lead there, or its functions where there are none. */
export function servesOf(functions: Functions): string {
  const all = Object.values(functions).map(({ code, published, live, newer = {} }) =>
    [
      live === undefined ? code : (published[Number(live) - 1] ?? "nothing"),
      ...Object.entries(newer).map(([number, share]) => `${share * 100} % ${published[Number(number) - 1]}`),
    ].join(" and "),
  );
  return [...new Set(all)].join(", ");
}
