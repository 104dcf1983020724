import { element } from "./element.ts";
import type { Exchange } from "./exchange.ts";

const section = element("exchange", HTMLElement);
const codes = {
  request: element("request", HTMLElement),
  response: element("response", HTMLElement),
  curl: element("curl", HTMLElement),
};

export function showExchange(exchange: Exchange): void {
  codes.request.textContent = exchange.request;
  codes.response.textContent = exchange.response;
  codes.curl.textContent = exchange.curl;
  section.hidden = false;
}

export function clearExchange(): void {
  section.hidden = true;
}
