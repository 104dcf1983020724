import type { AlbEvent, HttpEvent, RestEvent } from "@lucky/gateway/events";
import { toAlbEvent } from "./alb.ts";
import { toHttpEvent } from "./http.ts";
import type { ChosenRoute, HttpRequest } from "./http-request.ts";
import { toRestEvent } from "./rest.ts";
import { toUrlEvent } from "./url.ts";

/** What may stand between a caller and a function. */
export const gateways = {
  http: toHttpEvent,
  rest: toRestEvent,
  url: toUrlEvent,
  alb: toAlbEvent,
} satisfies Record<string, (request: HttpRequest, route: ChosenRoute) => HttpEvent | RestEvent | AlbEvent>;

export type Gateway = keyof typeof gateways;

export function isGateway(name: string): name is Gateway {
  return Object.hasOwn(gateways, name);
}
