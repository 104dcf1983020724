/** The most that this function's bundle may have, in bytes; a cold start loads all of it. */
export const bundleBudget = { minified: 42_451, gzipped: 16_050 };
