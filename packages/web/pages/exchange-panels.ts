import { element } from "./element.ts";
import type { Exchange } from "./exchange.ts";
import { shorten, visible } from "./shown-text.ts";

/** In characters. A longer response is somebody else's. */
const LONGEST_RESPONSE = 10_000;

const section = element("exchange", HTMLElement);
const codes = {
  request: element("request", HTMLElement),
  response: element("response", HTMLElement),
  curl: element("curl", HTMLElement),
};

export function showExchange(exchange: Exchange | undefined): void {
  section.hidden = exchange === undefined;
  if (exchange === undefined) return;
  codes.request.textContent = visible(exchange.request);
  codes.response.textContent = visible(shorten(exchange.response, LONGEST_RESPONSE));
  codes.curl.textContent = visible(exchange.curl); // what may turn around is in its JSON alone, and that stays the same
}
