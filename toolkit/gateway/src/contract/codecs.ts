/** What JSON lacks, and how a schema of zod sends it all the same. */
export const codecs = {
  Date: "z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })",
  bigint: "z.codec(z.string().check(z.regex(/^-?\\d+$/)), z.bigint(), { decode: BigInt, encode: String })",
  Map: "z.codec(z.array(z.tuple([key, value])), z.map(key, value), { decode: (list) => new Map(list), encode: (map) => [...map] })",
  Set: "z.codec(z.array(item), z.set(item), { decode: (list) => new Set(list), encode: (set) => [...set] })",
  symbol: "z.codec(z.string(), z.symbol(), { decode: Symbol.for, encode: String })",
  transform: "z.codec(before, after, { decode, encode })",
} as const;
