/** What an application without functions gets to read. */
export const NO_FUNCTIONS = "There are no functions yet: pnpm new <name> makes one.";
