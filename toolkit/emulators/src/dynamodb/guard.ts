import type { IncomingMessage } from "node:http";

/** Why a request is not answered: a page of any website could send it to this machine. None where it may go on. */
export function refuseRequest({ headers }: Pick<IncomingMessage, "headers">): string | undefined {
  if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined)
    return "Browsers may not call the DynamoDB on this machine.";
  // A name that a website points at this machine (DNS rebinding) sends its own.
  const { host = "" } = headers;
  return isLoopback(host.replace(/:\d*$/, ""))
    ? undefined
    : `The DynamoDB on this machine answers to 127.0.0.1, localhost and [::1] alone, not to "${host}".`;
}

export function isLoopback(name: string): boolean {
  return ["localhost", "[::1]", "::1"].includes(name.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(name);
}
