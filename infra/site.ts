import { createSite } from "@lucky/deploy/site";
import { http } from "./api.ts";

export const site = createSite("Site", {
  path: "packages/web",
  apiUrl: http.url,
  devPort: 3001, // `pnpm start` has 3000
});
