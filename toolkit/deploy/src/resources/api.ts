import type { Cors } from "@lucky/application/cors";
import type { Domain } from "../settings/domain.ts";
import { checkThrottle, type Throttle } from "../settings/throttle.ts";
import { ACCESS_LOG } from "./access-log.ts";
import { type ApiRoute, addRoutes, routeKey } from "./api-routes.ts";

/** As SST names them. */
export type LogRetention = "1 day" | "1 week" | "2 weeks" | "1 month" | "3 months" | "6 months" | "1 year";

/** Whatever SST's ApiGatewayV2 takes, and these. */
export type ApiOptions = Omit<sst.aws.ApiGatewayV2Args, "cors" | "accessLog" | "domain" | "transform"> & {
  /** Undefined where no page of another host may call it. */
  readonly cors: Cors | undefined;
  /** Of all routes together, but for those that have one of their own. */
  readonly throttle: Throttle;
  readonly logRetention: LogRetention;
  /** Whether the log of accesses stays when the API is taken out. */
  readonly keepsLog?: boolean;
  readonly domain?: Domain | undefined;
  readonly routes: readonly ApiRoute[];
};

/**
 * Makes an HTTP API with those routes, that is throttled, and logs each access in JSON. With a domain, it answers on no other
 * address. `route` adds what is no function of the application.
 */
export function createApi(
  resource: string,
  { cors, throttle, logRetention, keepsLog = false, domain, routes, ...args }: ApiOptions,
): sst.aws.ApiGatewayV2 {
  const added = Promise.withResolvers<$util.Input<$util.Resource>[]>();
  const formerNames = new Map<string, string>();
  const http = new sst.aws.ApiGatewayV2(resource, {
    ...args,
    ...(domain !== undefined && { domain: domainArgs(domain) }),
    cors: cors === undefined ? false : corsArgs(cors),
    accessLog: { retention: logRetention },
    transform: {
      api(args) {
        if (domain !== undefined) args.disableExecuteApiEndpoint = true; // or who knows it goes past the domain
      },
      logGroup(_, opts) {
        if (keepsLog) opts.retainOnDelete = true;
      },
      route: {
        args(_, opts, name) {
          opts.aliases = [{ name: formerNames.get(name) ?? name }];
        },
      },
      stage(args, opts) {
        args.accessLogSettings = {
          destinationArn: $output(args.accessLogSettings).apply((log) => log?.destinationArn ?? ""),
          format: JSON.stringify(ACCESS_LOG),
        };
        args.defaultRouteSettings = settingsOf(throttle, "the API");
        const own = routes.flatMap(({ name, contract, throttle }) =>
          throttle === undefined ? [] : [{ routeKey: routeKey(contract), ...settingsOf(throttle, name) }],
        );
        args.routeSettings = own;
        // API Gateway refuses settings of a route that is not there, and SST makes the stage before the routes.
        if (own.length > 0) opts.dependsOn = added.promise;
      },
    },
  });
  added.resolve(addRoutes(http, routes, formerNames));
  return http;
}

/** With detailed metrics and no limits API Gateway takes the limits for 0, and refuses every request. */
function settingsOf(throttle: Throttle, owner: string) {
  checkThrottle(throttle, owner);
  return {
    detailedMetricsEnabled: true,
    throttlingRateLimit: throttle.requestsPerSecond,
    throttlingBurstLimit: throttle.burst,
  };
}

function domainArgs({ name, certificateArn }: Domain): NonNullable<sst.aws.ApiGatewayV2Args["domain"]> {
  return certificateArn === undefined ? name : { name, dns: false, cert: certificateArn };
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
