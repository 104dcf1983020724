import { randomBytes } from "./random-bytes.ts";

/**
 * The value of X-Amzn-Trace-Id for an invocation that AWS X-Ray does not sample.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function createTraceId(now = Date.now()): string {
  const hex = randomBytes(24).toString("hex");
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(24, 40)};Sampled=0;Lineage=1:${hex.slice(40)}:0`;
}
