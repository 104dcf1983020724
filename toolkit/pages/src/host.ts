import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * The host that a request asks for where it is not this machine; undefined where it is. A page elsewhere can reach a server
 * on this machine by a name that its owner has led here (DNS rebinding), and its browser then takes both for one site. Such
 * a name is no IP address, nor `localhost` or below it; `allowed` has others that are the developer's own. What names no host
 * at all comes from no browser.
 *
 *     const foreign = foreignHostOf(request, ["lucky.example"]);
 *     if (foreign !== undefined) response.writeHead(403).end();
 */
export function foreignHostOf(
  { url = "", headersDistinct }: Pick<IncomingMessage, "url" | "headersDistinct">,
  allowed: readonly string[] = [],
): string | undefined {
  const hosts = [...(headersDistinct.host ?? []), ...authorityOf(url)];
  return hosts.find((host) => !isOurs(host, allowed));
}

/** Of a target that names a host itself, which then counts for more than the Host field (RFC 9112, 3.2.2). */
function authorityOf(target: string): readonly string[] {
  const [, authority] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target) ?? [];
  return authority === undefined ? [] : [authority];
}

function isOurs(host: string, allowed: readonly string[]): boolean {
  const [, bracketed, plain = ""] = /^(?:\[([\da-f:.]+)\]|([^:[\]@]+))(?::\d*)?$/i.exec(host) ?? [];
  if (bracketed !== undefined) return isIP(bracketed) === 6;
  const name = plain.toLowerCase().replace(/\.$/, "");
  if (isIP(name) === 4 || name === "localhost" || name.endsWith(".localhost")) return true;
  return allowed.some((each) => each.toLowerCase() === name);
}
