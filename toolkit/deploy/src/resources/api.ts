import type { Cors } from "@lucky/application/cors";

/** As SST names them. */
export type LogRetention = "1 day" | "1 week" | "2 weeks" | "1 month" | "3 months" | "6 months" | "1 year";

/** Of the whole API; what is above gets a 429. */
export type Throttle = { readonly requestsPerSecond: number; readonly burst: number };

/** Whatever SST's ApiGatewayV2 takes, and these. */
export type ApiOptions = Omit<sst.aws.ApiGatewayV2Args, "cors" | "accessLog" | "domain" | "transform"> & {
  /** Undefined where no page of another host may call it. */
  readonly cors: Cors | undefined;
  readonly throttle: Throttle;
  readonly logRetention: LogRetention;
  /** In the place of the address that API Gateway makes up. */
  readonly domain?: sst.aws.ApiGatewayV2Args["domain"] | undefined;
};

/** What an operator needs to know of each request, besides what the functions log. */
const ACCESS_LOG = {
  requestTime: "$context.requestTime",
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  routeKey: "$context.routeKey",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  error: "$context.error.message",
  responseLength: "$context.responseLength",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
};

/** Makes an HTTP API that is throttled, and logs each access in JSON. Its routes are added by `route`. */
export function createApi(
  resource: string,
  { cors, throttle, logRetention, domain, ...args }: ApiOptions,
): sst.aws.ApiGatewayV2 {
  return new sst.aws.ApiGatewayV2(resource, {
    ...args,
    ...(domain !== undefined && { domain }),
    cors: cors === undefined ? false : corsArgs(cors),
    accessLog: { retention: logRetention },
    transform: {
      stage(args) {
        args.accessLogSettings = {
          destinationArn: $output(args.accessLogSettings).apply((log) => log?.destinationArn ?? ""),
          format: JSON.stringify(ACCESS_LOG),
        };
        // With detailed metrics and no limits API Gateway takes the limits for 0, and refuses every request.
        args.defaultRouteSettings = {
          detailedMetricsEnabled: true,
          throttlingRateLimit: throttle.requestsPerSecond,
          throttlingBurstLimit: throttle.burst,
        };
      },
    },
  });
}

function corsArgs({ maxAgeSeconds, ...lists }: Cors) {
  return {
    allowOrigins: [...lists.allowOrigins],
    allowHeaders: [...lists.allowHeaders],
    exposeHeaders: [...lists.exposeHeaders],
    allowMethods: [...lists.allowMethods] as "GET"[], // SST's type lists the methods that there are
    maxAge: `${maxAgeSeconds} seconds` as const,
  };
}
