import { cors } from "@acme/contracts";
import { pascalCase } from "@lucky/gateway/name";
import * as context from "./context.ts";
import { createFunction } from "./function.ts";

/** What an operator needs to know of each request, beside what the functions log. */
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

const { settings, stage } = context;
const { maxAgeSeconds, ...corsLists } = cors;

export const http = new sst.aws.ApiGatewayV2("Api", {
  cors: { ...corsLists, maxAge: `${maxAgeSeconds} seconds` },
  accessLog: { retention: stage.logRetention },
  ...(settings.domain && { domain: settings.domain }),
  transform: {
    stage(args) {
      args.accessLogSettings = {
        destinationArn: $output(args.accessLogSettings).apply((log) => log?.destinationArn ?? ""),
        format: JSON.stringify(ACCESS_LOG),
      };
      // With detailed metrics and no limits API Gateway takes the limits for 0, and refuses every request.
      args.defaultRouteSettings = {
        detailedMetricsEnabled: true,
        throttlingRateLimit: stage.throttle.requestsPerSecond,
        throttlingBurstLimit: stage.throttle.burst,
      };
    },
  },
});

/** Each with the resource that it is, behind its route. */
export const functions = context.functions.map((each) => {
  const resource = pascalCase(each.name);
  const lambda = createFunction(resource, each);
  http.route(`${each.contract.method} ${each.contract.path}`, lambda.arn);
  return { ...each, resource, lambda };
});
