import { configure } from "@codegenie/serverless-express";
import express from "express";
import { draw } from "./draw.ts";
import { Body } from "./schema.ts";

// https://github.com/CodeGenieApp/serverless-express
const app = express();

app.use(express.json());
app.post("/lucky_numbers", (request, response) => {
  const body = Body.safeParse(request.body);
  if (body.success) response.json(draw(body.data));
  else response.status(422).json({ errors: body.error.issues });
});

export const handler = configure({ app });
