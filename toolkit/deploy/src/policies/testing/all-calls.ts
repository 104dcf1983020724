import { callsFor, callsOfBootstrap, callsOfSst } from "./calls.ts";
import { KINDS } from "./kinds.ts";

/** Where the tests' application is. */
export const WHERE = {
  account: "123456789012",
  region: "eu-central-1",
  boundary: "arn:aws:iam::123456789012:policy/pipeline/shop-prod-functions",
  zone: "Z1",
};

/** Every call that is known, for the stage prod of the application shop. */
export const allCalls = [
  ...callsOfSst("prod", { app: "shop", account: WHERE.account }),
  ...callsOfBootstrap(WHERE),
  ...Object.keys(KINDS).flatMap((type) =>
    callsFor({ type, id: "shop-prod-Name-abcdefgh", inputs: {} }, WHERE),
  ),
];
