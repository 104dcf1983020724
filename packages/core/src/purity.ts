// This package is pure. Were Node's or the browser's types to leak in, these lines would stop being errors
// and `@ts-expect-error` would fail the type check in their place.

// @ts-expect-error no Node here
export type NoNode = typeof process;
// @ts-expect-error no clock, no timers, no I/O: they come in as parameters
export type NoTimers = typeof setTimeout;
// @ts-expect-error no HTTP here
export type NoHttp = typeof fetch;
