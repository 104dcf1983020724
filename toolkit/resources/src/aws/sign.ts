import { builtin } from "./builtin.ts";

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

export type Unsigned = {
  readonly host: string;
  readonly region: string;
  readonly service: string;
  /** Names in lower case and sorted; without `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The day's key, which costs four hashes and is the same for all of a day's calls. */
let derived: { readonly of: string; readonly key: Buffer } | undefined;

/**
 * The headers of a POST to `/`, signed (Signature Version 4).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sign(
  { host, region, service, headers, body }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  now = new Date(),
): Record<string, string> {
  const date = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const { "x-amz-target": target, ...others } = headers;
  const signed: Record<string, string> = {
    ...others,
    host,
    "x-amz-date": date,
    ...(sessionToken && { "x-amz-security-token": sessionToken }),
    ...(target !== undefined && { "x-amz-target": target }),
  };
  const names = Object.keys(signed).join(";"); // content-type, host, x-amz-…: in order
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n\n${lines.join("")}\n${names}\n${sha256(body)}`;
  const key = keyOf(secretAccessKey, scope);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString("hex");
  const credential = `${accessKeyId}/${scope}`;
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function keyOf(secret: string, scope: string): Buffer {
  const of = `${scope} ${secret}`;
  if (derived?.of !== of) {
    const start: string | Buffer = `AWS4${secret}`;
    derived = { of, key: scope.split("/").reduce<string | Buffer>(hmac, start) as Buffer }; // of four parts at least one
  }
  return derived.key;
}

function sha256(text: string): string {
  return builtin("node:crypto").createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return builtin("node:crypto").createHmac("sha256", key).update(text).digest();
}
