import { logError, writeLogsAsLambda } from "./console.ts";
import { loadHandler } from "./handler.ts";
import { nextInvocation, postError, postInitError, postResult } from "./runtime-client.ts";

// What Lambda's own Node runtime does inside an execution environment, in short.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html

const invocation = { requestId: "-" };
writeLogsAsLambda(invocation);

async function run(): Promise<void> {
  const handler = await loadHandler().catch(async (error) => {
    logError("Init Error", error);
    await postInitError(error);
    return process.exit(1);
  });
  for (;;) {
    const { event, context } = await nextInvocation();
    invocation.requestId = context.awsRequestId;
    try {
      postResult(context.awsRequestId, await handler(event, context));
    } catch (error) {
      logError("Invoke Error", error);
      postError(context.awsRequestId, error);
    }
  }
}

run();
