import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { draw } from "./draw.ts";
import { Body } from "./schema.ts";

// https://hono.dev/docs/getting-started/aws-lambda and https://hono.dev/docs/guides/validation
const app = new Hono();

app.post("/lucky_numbers", zValidator("json", Body), (c) => c.json(draw(c.req.valid("json"))));

export const handler = handle(app);
