import type { Context as AnyContext } from "aws-lambda";

// The shapes that AWS sends and accepts, for the packages that build them: only this one knows @types/aws-lambda.
export type {
  ALBEvent as AlbEvent,
  ALBResult as AlbResult,
  APIGatewayProxyEvent as RestEvent,
  APIGatewayProxyEventV2 as HttpEvent,
  APIGatewayProxyResult as RestResult,
  APIGatewayProxyStructuredResultV2 as HttpResult,
} from "aws-lambda";

/** What a handler gets beside its event. Node.js 24 on Lambda has no callbacks any more. */
export type Context = Omit<AnyContext, "callbackWaitsForEmptyEventLoop" | "done" | "fail" | "succeed">;
