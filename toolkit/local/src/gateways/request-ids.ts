import { randomUUID } from "node:crypto";
import { randomBytes } from "../lambda/random-bytes.ts";

/** What names one request: in its event, in its response, and in logs. */
export type RequestIds = {
  /** A UUID, as REST APIs and function URLs have it. */
  readonly requestId: string;
  /** Such as `JCJXri3_PHcEP_Q=`, as HTTP APIs have it, and REST APIs beside the other. */
  readonly extendedRequestId: string;
  /** Such as `Root=1-67fd88fd-72d8964e1fed2bce3edd5aac`. */
  readonly traceId: string;
};

/**
 * Ids for a new request. A trace that the caller has begun goes on, with a field for this step of it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
export function newRequestIds(begun?: string): RequestIds {
  const step = `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
  const fields = begun?.split(";").filter((field) => !/^self=/i.test(field)) ?? [];
  return {
    requestId: randomUUID(),
    extendedRequestId: `${randomBytes(11).toString("base64url")}=`,
    traceId: fields.some((field) => /^root=/i.test(field))
      ? `Self=${step};${fields.join(";")}`
      : `Root=${step}`,
  };
}

/** The trace as a response names it, where it is not sampled. */
export function tracedResponse({ traceId }: RequestIds): string {
  const root = traceId.split(";").find((field) => /^root=/i.test(field));
  return `${root};Parent=${randomBytes(8).toString("hex")};Sampled=0;Lineage=1:${randomBytes(4).toString("hex")}:0`;
}
