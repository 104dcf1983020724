import { Router } from "@aws-lambda-powertools/event-handler/http";
import { draw } from "./draw.ts";
import { Body } from "./schema.ts";

// https://docs.aws.amazon.com/powertools/typescript/latest/features/event-handler/http/
const app = new Router();

app.post("/lucky_numbers", ({ valid }) => draw(valid.req.body), { validation: { req: { body: Body } } });

export const handler = async (event: unknown, context: Parameters<typeof app.resolve>[1]) =>
  app.resolve(event, context);
