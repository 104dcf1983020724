import type { IncomingMessage } from "node:http";

/**
 * Path and query, and the host that is asked for: a target may name it itself, and then goes before the Host field.
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
export function readTarget({ url = "/", headers }: Pick<IncomingMessage, "url" | "headers">): {
  readonly target: string;
  readonly host: string | undefined;
} {
  const [, authority, rest = ""] = /^https?:\/\/([^/?]*)(.*)$/i.exec(url) ?? [];
  if (authority === undefined) return { target: url, host: headers.host };
  return { target: rest.startsWith("/") ? rest : `/${rest}`, host: authority };
}
