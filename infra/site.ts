import { createSite } from "@lucky/deploy/site";
import { http } from "./api.ts";
import { stage } from "./context.ts";

export const site = createSite("Site", {
  path: "packages/web",
  apiUrl: http.url,
  hasOwnHeaders: stage.isProd,
  devPort: 3001, // `pnpm start` has 3000
});
