import { setImmediate as nextTurn } from "node:timers/promises";
import { logError, writeLogsAsLambda } from "./console.ts";
import { runInvocation, setGlobals } from "./globals.ts";
import { type Handler, loadHandler } from "./handler.ts";
import {
  holdProcess,
  nextInvocation,
  postError,
  postInitError,
  postResult,
  stringify,
} from "./runtime-client.ts";
import { isStreaming, runStreaming } from "./streaming.ts";

// What Lambda's own Node runtime does inside an execution environment, in short.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html

type Invocation = Awaited<ReturnType<typeof nextInvocation>>;

const invocation = { requestId: "-" };
setGlobals();
writeLogsAsLambda(invocation);

async function run(): Promise<void> {
  const handler = await loadHandler().catch(async (error) => {
    logError("Init Error", error);
    await postInitError(error);
    return process.exit(1);
  });
  for (;;) {
    const next = await nextInvocation();
    const { awsRequestId } = next.context;
    invocation.requestId = awsRequestId;
    try {
      const result = await runInvocation(awsRequestId, next.context.xRayTraceId, () => handle(handler, next));
      postResult(awsRequestId, result);
    } catch (error) {
      await nextTurn();
      logError("Invoke Error", error);
      postError(awsRequestId, error);
    }
  }
}

async function handle(handler: Handler, { event, context }: Invocation): Promise<string | Buffer> {
  if (isStreaming(handler)) {
    holdProcess(); // as AWS's client does, whose stream is a request that has not ended
    return runStreaming(handler, event, context);
  }
  const result = await handler(event, context);
  await nextTurn(); // a promise that was rejected meanwhile, and that nobody handles, is the function's end
  return stringify(result);
}

run();
