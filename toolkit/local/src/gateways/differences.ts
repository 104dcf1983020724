import type { GatewayName } from "./index.ts";

export type Difference = {
  readonly gateways: readonly GatewayName[];
  /** Its path in the event. */
  readonly key: string;
  readonly aws: string;
  readonly ours: string;
  readonly why: string;
};

const LINKS = "a link that a function makes of it leads back to this server";
const NO_TLS = "no TLS on this machine";

/** Where a local event is not as AWS sends it: by intention, and nowhere else, which a test checks key by key. */
export const DIFFERENCES: readonly Difference[] = [
  {
    gateways: ["http", "url", "alb"],
    key: "headers.host",
    aws: "the API's own host",
    ours: "as the caller sent it",
    why: LINKS,
  },
  {
    gateways: ["rest"],
    key: "headers.Host",
    aws: "the API's own host",
    ours: "as the caller sent it",
    why: LINKS,
  },
  {
    gateways: ["rest"],
    key: "multiValueHeaders.Host.0",
    aws: "the API's own host",
    ours: "as the caller sent it",
    why: LINKS,
  },
  {
    gateways: ["http", "rest"],
    key: "requestContext.domainName",
    aws: "<id>.execute-api.<region>.amazonaws.com",
    ours: "the Host of the request, as with a domain of one's own",
    why: LINKS,
  },
  {
    gateways: ["http", "url", "alb"],
    key: "headers.x-forwarded-proto",
    aws: "https",
    ours: "http",
    why: NO_TLS,
  },
  { gateways: ["rest"], key: "headers.X-Forwarded-Proto", aws: "https", ours: "http", why: NO_TLS },
  {
    gateways: ["rest"],
    key: "multiValueHeaders.X-Forwarded-Proto.0",
    aws: "https",
    ours: "http",
    why: NO_TLS,
  },
  { gateways: ["url"], key: "headers.x-amzn-tls-version", aws: "TLSv1.3", ours: "absent", why: NO_TLS },
  {
    gateways: ["url"],
    key: "headers.x-amzn-tls-cipher-suite",
    aws: "TLS_AES_128_GCM_SHA256",
    ours: "absent",
    why: NO_TLS,
  },
];
