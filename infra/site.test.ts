import { join } from "node:path";
import type { StoredObject } from "@lucky/offline/aws";
import { buildInMemory } from "@lucky/pages/build-in-memory";
import { describe, expect } from "vitest";
import { test as base } from "./testing.ts";

// The build and the upload are real; the bucket and CloudFront are stand-ins.

const test = base
  .extend("apiUrl", ({ anna }) => String(anna.state.resource("ApiApi").outputs.apiEndpoint))
  /** What is in the site's bucket, by key such as `index.html`. */
  .extend("uploaded", ({ offline, anna }): ReadonlyMap<string, StoredObject> => {
    const bucket = `/${anna.state.resource("SiteAssetsBucket").outputs.bucket}/`;
    const objects = [...offline.aws.objects].filter(([path]) => path.startsWith(bucket));
    return new Map(objects.map(([path, object]) => [path.slice(bucket.length), object]));
  });

describe("the site", () => {
  test("has its address printed, and is served over HTTPS alone", ({ anna: { output, state } }) => {
    const { inputs, outputs } = state.resource("SiteCdnDistribution");
    expect(output).toContain(`page: https://${outputs.domainName}`);
    expect(inputs).toMatchObject({
      enabled: true,
      defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET", "HEAD"] },
    });
  });

  test("is the very files that this machine builds for that API", async ({ offline, apiUrl, uploaded }) => {
    const { files } = await buildInMemory(apiUrl, join(offline.project.root, "packages/web/pages"));
    expect([...uploaded.keys()].sort()).toEqual([...files.keys()].sort());
    for (const [name, { body }] of uploaded) expect(files.get(name)?.equals(body), name).toBe(true);
  });

  test("lets each page that runs a script call the API, and no other host", ({ uploaded, apiUrl }) => {
    for (const [name, { body }] of uploaded) {
      const html = body.toString().replaceAll("&#39;", "'");
      if (!name.endsWith(".html") || !html.includes("<script")) continue;
      expect(html, name).toContain(`connect-src 'self' ${apiUrl};`);
    }
  });

  test("has browsers ask for a page each time, and once for what has a hash in its name", ({ uploaded }) => {
    for (const [name, { cacheControl }] of uploaded) {
      const isPage = name.endsWith(".html");
      expect(cacheControl, name).toBe(isPage ? "no-cache" : "public, max-age=31536000, immutable");
      if (!isPage) expect(name).toMatch(/-[\w-]{8}\.\w+$/);
    }
  });

  test("has a page for what is not there", ({ uploaded }) => {
    expect(uploaded.has("404.html")).toBe(true);
  });
});
