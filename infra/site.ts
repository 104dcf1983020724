import { cacheControl } from "@lucky/pages/cache-control";
import { securityHeaders } from "@lucky/pages/security-headers";
import { http } from "./api.ts";

const DEV_PORT = 3001; // `pnpm start` has 3000

const headers = new aws.cloudfront.ResponseHeadersPolicy("SiteHeaders", {
  comment: `The page of ${$app.name}, ${$app.stage}`,
  securityHeadersConfig: {
    contentSecurityPolicy: {
      contentSecurityPolicy: securityHeaders["content-security-policy"],
      override: true,
    },
    contentTypeOptions: { override: true },
    referrerPolicy: { referrerPolicy: securityHeaders["referrer-policy"], override: true },
    strictTransportSecurity: { accessControlMaxAgeSec: 365 * 24 * 60 * 60, override: true },
  },
});

/** The pages as files behind CloudFront: they take no function's concurrency, and load also when the API is down. */
export const site = new sst.aws.StaticSite("Site", {
  path: "packages/web",
  environment: { VITE_API_URL: http.url },
  build: { command: "node ../../toolkit/pages/src/build.ts", output: "dist" },
  errorPage: "404.html",
  assets: {
    fileOptions: Object.entries(cacheControl).map(([files, value]) => ({ files, cacheControl: value })),
  },
  // In `sst dev` it runs on this machine, for the stage's API.
  dev: { command: `node ../../toolkit/pages/src/serve.ts ${DEV_PORT}`, url: `http://localhost:${DEV_PORT}` },
  transform: {
    cdn(args) {
      args.defaultCacheBehavior = $output(args.defaultCacheBehavior).apply((behavior) => ({
        ...behavior,
        allowedMethods: ["GET", "HEAD"],
        responseHeadersPolicyId: headers.id,
      }));
    },
  },
});
