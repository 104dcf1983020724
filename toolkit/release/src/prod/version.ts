/** What is released: a tag, and the commit that it is on. */
export type Version = { readonly tag: string; readonly commit: string };

/** Such as `v1.2.0 (1a2b3c4)`. */
export const nameOf = ({ tag, commit }: Version) => `${tag} (${commit.slice(0, 7)})`;
