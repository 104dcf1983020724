import { config } from "zod/mini";
import { explain } from "./english.ts";

config({ localeError: explain });

/** zod/mini as this project uses it: import it from here and every schema explains itself in plain English. */
export * from "zod/mini";
