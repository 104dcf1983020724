import { alb } from "./alb.ts";
import type { Gateway } from "./gateway.ts";
import { http } from "./http.ts";
import { rest } from "./rest.ts";
import { url } from "./url.ts";

/** By the name that `--as` takes. */
export const gateways = { http, rest, url, alb } satisfies Record<string, Gateway>;

export type GatewayName = keyof typeof gateways;

export function isGateway(name: string): name is GatewayName {
  return Object.hasOwn(gateways, name);
}
