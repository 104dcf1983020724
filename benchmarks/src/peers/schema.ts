import * as z from "zod";

/** As zod's documentation imports and writes it. */
export const Body = z.object({ name: z.string().max(256), count: z.int().min(0).max(4_294_967_295) });
