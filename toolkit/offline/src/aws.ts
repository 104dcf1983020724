import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * A stand-in for AWS, as much of it as the SST command line calls by itself: SSM, S3, STS, ECR, CloudFront and
 * AppSync's control.
 */
export type Aws = {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** What was called, such as `AmazonSSM.PutParameter /sst/bootstrap` or `PUT /bucket/key`. */
  readonly calls: readonly string[];
  /** What is in S3, by `/bucket/key`. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  close(): Promise<void>;
};

export type StoredObject = {
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
};

/** `eventsHost`: host and port of AppSync Events. */
export async function serveAws(eventsHost = "127.0.0.1:1"): Promise<Aws> {
  const calls: string[] = [];
  const parameters = new Map<string, string>();
  const objects = new Map<string, StoredObject>();

  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const target = request.headers["x-amz-target"];
    if (typeof target === "string") answerTarget(target, body.toString(), response);
    else if (body.includes("Action=GetCallerIdentity")) response.end(CALLER);
    else answerPath(request, body, response);
  });

  /** SSM and ECR. */
  function answerTarget(target: string, body: string, response: ServerResponse): void {
    const { Name: name = "", Value: value = "" } = JSON.parse(body || "{}") as {
      Name?: string;
      Value?: string;
    }; // SSM's
    calls.push(`${target} ${name}`);
    const [, action] = target.split(".");
    if (action === "GetParameter") {
      const known = parameters.get(name);
      if (known === undefined) sendJson(response, 400, { __type: "ParameterNotFound" });
      else sendJson(response, 200, { Parameter: { Name: name, Value: known, Type: "String" } });
    } else if (action === "PutParameter") {
      parameters.set(name, value);
      sendJson(response, 200, { Version: 1 });
    } else if (action === "CreateRepository") {
      const repositoryUri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sst-asset";
      sendJson(response, 200, { repository: { registryId: "123456789012", repositoryUri } });
    } else {
      sendJson(response, 400, { __type: "UnsupportedOperation", message: target });
    }
  }

  /** S3, AppSync and CloudFront. */
  function answerPath(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const key = decodeURIComponent(pathname);
    calls.push(`${request.method} ${key}`);
    const api = { apiId: "events", name: "sst", dns: { HTTP: eventsHost, REALTIME: eventsHost } };
    if (pathname.startsWith("/2020-05-31/distribution/")) {
      answerCloudFront(pathname, response);
    } else if (pathname === "/v2/apis") {
      sendJson(response, 200, { apis: [api] });
    } else if (pathname === "/v2/apis/events") {
      sendJson(response, 200, { api });
    } else if (request.method === "PUT") {
      const isChunked = request.headers["x-amz-decoded-content-length"] !== undefined;
      objects.set(key, {
        body: isChunked ? joinChunks(body) : body,
        contentType: request.headers["content-type"],
        cacheControl: request.headers["cache-control"],
      });
      response.writeHead(200, { etag: '"0"' }).end();
    } else if (request.method === "DELETE") {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (searchParams.has("list-type")) {
      response.end("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    } else {
      const found = objects.get(key);
      if (found) response.end(found.body);
      else
        response
          .writeHead(404, { "content-type": "application/xml" })
          .end("<Error><Code>NoSuchKey</Code></Error>");
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on TCP
    calls,
    objects,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const CALLER =
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>" +
  "<Arn>arn:aws:iam::123456789012:user/offline</Arn><UserId>offline</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>";

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
}

/** A distribution is deployed at once, and so is whatever makes its cache forget. */
function answerCloudFront(path: string, response: ServerResponse): void {
  const isInvalidation = path.endsWith("/invalidation");
  response
    .writeHead(isInvalidation ? 201 : 200, { "content-type": "text/xml", etag: "E1" })
    .end(
      isInvalidation
        ? "<Invalidation><Id>I1</Id><Status>Completed</Status></Invalidation>"
        : "<Distribution><Id>offline</Id><Status>Deployed</Status></Distribution>",
    );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
function joinChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, lineEnd), 16);
    if (!size) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
