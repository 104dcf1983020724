import { parser } from "@aws-lambda-powertools/parser/middleware";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import * as z from "zod";
import { draw } from "./draw.ts";
import { Body } from "./schema.ts";

// https://middy.js.org/docs/middlewares/http-json-body-parser and
// https://docs.aws.amazon.com/powertools/typescript/latest/features/parser/
const Event = z.object({ body: Body });

export const handler = middy()
  .use(httpJsonBodyParser())
  .use(httpErrorHandler({ logger: false }))
  .use(parser({ schema: Event, safeParse: true }))
  .handler(async (event) =>
    event.success ? json(200, draw(event.data.body)) : json(422, { message: event.error.message }),
  );

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
