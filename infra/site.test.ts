import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Aws, type StoredObject, serveAws } from "@lucky/offline/aws";
import { createProject, type Ended, type Project } from "@lucky/offline/project";
import { readState, type State } from "@lucky/offline/state";
import { buildInMemory } from "@lucky/pages/build-in-memory";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The build and the upload are real; the bucket and CloudFront are stand-ins.

let aws: Aws;
let project: Project;
let deployed: Ended;
let state: State;
let apiUrl: string;
/** By key, such as `index.html`. */
let uploaded: ReadonlyMap<string, StoredObject>;

beforeAll(async () => {
  aws = await serveAws();
  project = createProject(aws.url);
  deployed = await project.sst(["deploy", "--stage", "anna"]);
  if (deployed.exitCode !== 0) throw new Error(deployed.output);
  state = await readState(project, "anna", {});
  apiUrl = String(state.resource("ApiApi").outputs.apiEndpoint);
  const bucket = `/${state.resource("SiteAssetsBucket").outputs.bucket}/`;
  uploaded = new Map(
    [...aws.objects].flatMap(([path, object]) =>
      path.startsWith(bucket) ? [[path.slice(bucket.length), object] as const] : [],
    ),
  );
}, 600_000);
afterAll(async () => {
  project.remove();
  await aws.close();
});

describe("sst deploy", () => {
  test("prints where the page is", () => {
    const { domainName } = state.resource("SiteCdnDistribution").outputs;
    expect(deployed.output).toContain(`page: https://${domainName}`);
  });

  test("uploads the very files that this machine builds for that API, and no others", async () => {
    const { files } = await buildInMemory(apiUrl, join(project.root, "packages/web/pages"));
    expect([...uploaded.keys()].sort()).toEqual([...files.keys()].sort());
    for (const [name, { body }] of uploaded) expect(files.get(name)?.equals(body), name).toBe(true);
  });

  test.each(["index.html", "reference/index.html"])("lets %s call the API, and no other host", (page) => {
    const html = uploaded.get(page)?.body.toString();
    expect(html?.replaceAll("&#39;", "'")).toContain(`connect-src 'self' ${apiUrl};`);
  });

  test("has browsers ask for a page each time, and for all else once", () => {
    for (const [name, { cacheControl, contentType }] of uploaded) {
      const isPage = name.endsWith(".html");
      expect(cacheControl, name).toBe(isPage ? "no-cache" : "public, max-age=31536000, immutable");
      if (!isPage) expect(name).toMatch(/^assets\/[\w-]+-[\w-]{8}\.(?:js|css|svg)$/);
      if (isPage) expect(contentType).toMatch(/^text\/html/);
    }
  });

  test("stops at a page that cannot be built, and says why", async () => {
    const file = join(project.root, "packages/web/pages/page.ts");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, `${source}\nimport "./nowhere.ts";\n`);
    const { exitCode, output } = await project
      .sst(["deploy", "--stage", "anna"])
      .finally(() => writeFileSync(file, source));
    expect(exitCode).toBe(1);
    expect(output).toContain("./nowhere.ts");
  });
});

describe("CloudFront", () => {
  test("serves the site over HTTPS alone, to be read", () => {
    expect(state.resource("SiteCdnDistribution").inputs).toMatchObject({
      enabled: true,
      defaultCacheBehavior: {
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        compress: true,
        responseHeadersPolicyId: expect.stringMatching(/^SiteHeaders/),
      },
    });
  });

  test("adds the headers that a page cannot have in its HTML", () => {
    expect(state.resource("SiteHeaders").inputs.securityHeadersConfig).toMatchObject({
      contentSecurityPolicy: { contentSecurityPolicy: "frame-ancestors 'none'", override: true },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin" },
      strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000 },
    });
  });

  test("says 404 for what is not there, with a page that leads back", () => {
    expect(state.resource("SiteCdnDistribution").inputs.customErrorResponses).toEqual(
      [403, 404].map((errorCode) => ({
        errorCode,
        responseCode: 404,
        responsePagePath: "/404.html",
        errorCachingMinTtl: 0,
      })),
    );
    expect(uploaded.has("404.html")).toBe(true);
  });

  test("alone reads the bucket", () => {
    expect(state.resource("SiteAssetsPublicAccessBlock").inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
    });
    expect(JSON.stringify(state.resource("SiteAssetsPolicy").inputs.policy)).toContain(
      "cloudfront.amazonaws.com",
    );
  });
});
