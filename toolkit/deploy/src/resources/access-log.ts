/** What an operator needs to know of each request, besides what the functions log. */
export const ACCESS_LOG = {
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
