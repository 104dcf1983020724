import { get, type IncomingMessage } from "node:http";
import { expect, test, vi } from "vitest";
import { serveRuntimeApi } from "./runtime-api.ts";

test("a client that takes the place of another gets the event, and the other one nothing", async () => {
  const api = await serveRuntimeApi();
  const next = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`http://${api.address}/2018-06-01/runtime/invocation/next`, resolve).on("error", reject);
    });
  try {
    const onEnd = vi.fn();
    next().catch(onEnd);
    await vi.waitFor(() => {
      api.reset();
      expect(onEnd).toHaveBeenCalled();
    });
    const second = next();
    api.invoke({ requestId: "1", event: "7", functionArn: "arn", timeoutMs: 1000 }, () => {});
    expect((await second).headers).toMatchObject({ "lambda-runtime-aws-request-id": "1" });
  } finally {
    api.close();
  }
});
