/** The most that this function's bundle may have, in bytes; a cold start loads all of it. */
export const bundleBudget = { minified: 42_426, gzipped: 15_700 };
