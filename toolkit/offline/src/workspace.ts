import { fileURLToPath } from "node:url";

/** The workspace that this package is part of, which has SST and its platform. */
export const WORKSPACE = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
