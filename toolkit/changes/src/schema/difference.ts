/** How the values that a schema allows differ from those before, at one place in them. */
export type Difference = {
  /** From the whole value inwards: names of properties, and `*` for whatever is in a list. */
  readonly place: readonly string[];
  /** In words that go on from the place, such as `is required now`. */
  readonly says: string;
  /** What was allowed may not be any more, which breaks who sends it. */
  readonly narrows: boolean;
  /** What was not allowed may be now, which breaks who reads it. */
  readonly widens: boolean;
};

export const narrower = (says: string): Difference => ({ place: [], says, narrows: true, widens: false });
export const wider = (says: string): Difference => ({ place: [], says, narrows: false, widens: true });
export const other = (says: string): Difference => ({ place: [], says, narrows: true, widens: true });
/** Worth a line, and nobody's trouble. */
export const harmless = (says: string): Difference => ({ place: [], says, narrows: false, widens: false });

export function within(name: string, differences: readonly Difference[]): readonly Difference[] {
  return differences.map((each) => ({ ...each, place: [name, ...each.place] }));
}
