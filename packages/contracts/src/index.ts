import type { Contract } from "@lucky/gateway/contract";
import { keepDraw } from "./keep-draw.ts";
import { listDraws } from "./list-draws.ts";
import { luckyNumbers } from "./lucky-numbers.ts";
import { openapi } from "./openapi.ts";
import { readDraw } from "./read-draw.ts";

/** The whole API: each contract under the name of the folder in functions/ that fulfils it. */
export const api = {
  "lucky-numbers": luckyNumbers,
  "keep-draw": keepDraw,
  "read-draw": readDraw,
  "list-draws": listDraws,
  openapi,
} satisfies Record<string, Contract>;

/** What its OpenAPI document says of the API. */
export const about = {
  title: "Lucky Lambda",
  version: "0.1.0",
  description: "Greets by name and draws lucky numbers.",
  license: { name: "MIT", identifier: "MIT" },
  contact: { name: "Lucky Lambda" },
};

/** Which web pages may call the API, and what they may read: any page, as there are no credentials to steal. */
export const cors = {
  /** `*`, an origin, or a scheme with any origin such as `https://*`. */
  allowOrigins: ["*"],
  allowMethods: [...new Set(Object.values(api).map(({ method }) => method))],
  allowHeaders: ["*"],
  exposeHeaders: ["apigw-requestid", "retry-after"],
  maxAgeSeconds: 24 * 60 * 60,
};
