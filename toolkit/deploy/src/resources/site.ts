import { relative } from "node:path";
import { cacheControl } from "@lucky/pages/cache-control";
import { securityHeaders } from "@lucky/pages/security-headers";

/** Whatever SST's StaticSite takes, and these. */
export type SiteOptions = Omit<
  sst.aws.StaticSiteArgs,
  "path" | "environment" | "build" | "errorPage" | "assets" | "dev" | "transform"
> & {
  /** The package that has the pages in `pages/`, from the root of the workspace. */
  readonly path: string;
  /** The API that the pages may call. */
  readonly apiUrl: $util.Input<string>;
  /**
   * Whether the headers of each file are the site's own, or those that AWS manages: an account has 20 such policies, so only
   * a site that lasts may take one. AWS's lets a page of the same origin frame it; ours does not.
   */
  readonly hasOwnHeaders: boolean;
  /** Where `sst dev` serves the pages on this machine, for the stage's API. */
  readonly devPort: number;
};

/**
 * Makes a site of pages as files behind CloudFront: they take up no function's concurrency, and load even when the API is
 * down.
 */
export function createSite(
  resource: string,
  { path, apiUrl, hasOwnHeaders, devPort, ...args }: SiteOptions,
): sst.aws.StaticSite {
  const responseHeadersPolicyId = hasOwnHeaders ? ownHeaders(resource).id : MANAGED_SECURITY_HEADERS;
  const command = (script: string) => `node ${relative(path, `toolkit/pages/src/${script}`)}`;
  return new sst.aws.StaticSite(resource, {
    ...args,
    path,
    environment: { VITE_API_URL: apiUrl },
    build: { command: command("build.ts"), output: "dist" },
    errorPage: "404.html",
    assets: {
      fileOptions: Object.entries(cacheControl).map(([files, value]) => ({ files, cacheControl: value })),
    },
    dev: { command: `${command("serve.ts")} ${devPort}`, url: `http://localhost:${devPort}` },
    transform: {
      cdn(args) {
        args.defaultCacheBehavior = $output(args.defaultCacheBehavior).apply((behavior) => ({
          ...behavior,
          allowedMethods: ["GET", "HEAD"],
          responseHeadersPolicyId,
        }));
      },
    },
  });
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const MANAGED_SECURITY_HEADERS = "67f7725c-6f97-4210-82d7-5512b31e9d03";

/** What a page cannot say in its HTML. */
function ownHeaders(resource: string): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(`${resource}Headers`, {
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
}
