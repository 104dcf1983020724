/** A request to a service of AWS, as an SDK or a command line sends it. */
export type AwsRequest = {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

export type AwsResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** A service of AWS on this machine; it never rejects. */
export type AwsService = (request: AwsRequest) => Promise<AwsResponse>;

export function headerOf({ headers }: AwsRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}

/**
 * An error as AWS's JSON protocols have it; an SDK throws one of that name with that message, and does not try again for a
 * status of 4xx, unless it throttles.
 */
export function awsError(status: number, name: string, message: string, more: object = {}): AwsResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": name },
    body: JSON.stringify({
      __type: name,
      Type: status < 500 ? "User" : "Service",
      message,
      Message: message,
      ...more,
    }),
  };
}
