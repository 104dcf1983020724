import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildInMemory } from "@lucky/pages/build-in-memory";
import { describe, expect } from "vitest";
import type { StoredObject } from "./aws.ts";
import type { Deployed, Offline } from "./offline.ts";
import { test as base } from "./testing.ts";

// The build and the upload are real; the bucket and CloudFront are stand-ins.

/** What is in the site's bucket, by key such as `index.html`. */
function uploadedTo({ aws }: Offline, { state }: Deployed): ReadonlyMap<string, StoredObject> {
  const bucket = `/${state.resource("SiteAssetsBucket").outputs.bucket}/`;
  const objects = [...aws.objects].filter(([path]) => path.startsWith(bucket));
  return new Map(objects.map(([path, object]) => [path.slice(bucket.length), object]));
}

const test = base.extend("uploaded", ({ offline, anna }) => uploadedTo(offline, anna));

describe("a site", () => {
  test("is the very files that this machine builds for that API", async ({ offline, anna, uploaded }) => {
    const apiUrl = String(anna.state.resource("ApiApi").outputs.apiEndpoint);
    const { files } = await buildInMemory(apiUrl, join(offline.project.root, "packages/web/pages"));
    expect([...uploaded.keys()].sort()).toEqual([...files.keys()].sort());
    for (const [name, { body }] of uploaded) expect(files.get(name)?.equals(body), name).toBe(true);
  });

  test("has browsers ask for a page each time, and for all else once", ({ uploaded }) => {
    expect([...uploaded.keys()]).toEqual(expect.arrayContaining(["index.html", "manual/index.html"]));
    for (const [name, { cacheControl, contentType }] of uploaded) {
      const isPage = name.endsWith(".html");
      expect(cacheControl, name).toBe(isPage ? "no-cache" : "public, max-age=31536000, immutable");
      if (!isPage) expect(name).toMatch(/^assets\/[\w-]+-[\w-]{8}\.(?:js|css|svg)$/);
      if (isPage) expect(contentType).toMatch(/^text\/html/);
    }
  });

  test("is not deployed if a page cannot be built, and says why", async ({ offline }) => {
    const file = join(offline.project.root, "packages/web/pages/page.ts");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, `${source}\nimport "./nowhere.ts";\n`);
    const { exitCode, output } = await offline.project
      .sst(["deploy", "--stage", "page"])
      .finally(() => writeFileSync(file, source));
    expect(exitCode).toBe(1);
    expect(output).toContain("./nowhere.ts");
  });
});

describe("CloudFront", () => {
  test("serves a site over HTTPS alone, to be read", ({ anna }) => {
    expect(anna.output).toContain(
      `page: https://${anna.state.resource("SiteCdnDistribution").outputs.domainName}`,
    );
    expect(anna.state.resource("SiteCdnDistribution").inputs).toMatchObject({
      enabled: true,
      defaultCacheBehavior: {
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        compress: true,
      },
    });
  });

  test("adds the headers that AWS manages, of which an account has as many as it likes", ({ anna }) => {
    expect(anna.state.ofType("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy")).toEqual([]);
    expect(anna.state.resource("SiteCdnDistribution").inputs).toMatchObject({
      defaultCacheBehavior: { responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03" },
    });
  });

  test("adds the headers that a page cannot have in its HTML, where they are to be its own", ({ prod }) => {
    expect(prod.state.resource("SiteCdnDistribution").inputs).toMatchObject({
      defaultCacheBehavior: { responseHeadersPolicyId: prod.state.resource("SiteHeaders").id },
    });
    expect(prod.state.resource("SiteHeaders").inputs.securityHeadersConfig).toMatchObject({
      contentSecurityPolicy: { contentSecurityPolicy: "frame-ancestors 'none'", override: true },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin" },
      strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000 },
    });
  });

  test("says 404 for what is not there, with a page of the site", ({ anna, uploaded }) => {
    expect(anna.state.resource("SiteCdnDistribution").inputs.customErrorResponses).toEqual(
      [403, 404].map((errorCode) => ({
        errorCode,
        responseCode: 404,
        responsePagePath: "/404.html",
        errorCachingMinTtl: 0,
      })),
    );
    expect(uploaded.has("404.html")).toBe(true);
  });

  test("alone reads the bucket", ({ anna }) => {
    expect(anna.state.resource("SiteAssetsPublicAccessBlock").inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
    });
    expect(JSON.stringify(anna.state.resource("SiteAssetsPolicy").inputs.policy)).toContain(
      "cloudfront.amazonaws.com",
    );
  });
});
