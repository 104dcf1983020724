import { Writable } from "node:stream";
import type { Context } from "@lucky/gateway/events";
import { logError } from "./console.ts";
import { runtimeError } from "./errors.ts";

type StreamingHandler = (event: unknown, stream: ResponseStream, context: Context) => unknown;

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const HIGH_WATER_MARK = Symbol.for("aws.lambda.runtime.handler.streaming.highWaterMark");
const PRELUDE_END = Buffer.alloc(8);

/** `awslambda.streamifyResponse`: marks a handler as one that writes its result to a stream. */
export function streamifyResponse<T extends object>(handler: T, options?: { highWaterMark?: unknown }): T {
  Object.assign(handler, { [STREAMING]: "response" });
  const { highWaterMark } = options ?? {};
  if (typeof highWaterMark === "number")
    Object.assign(handler, { [HIGH_WATER_MARK]: Math.trunc(highWaterMark) });
  return handler;
}

/** Whether `streamifyResponse` has marked it. */
export function isStreaming(handler: object): handler is StreamingHandler {
  const mark: unknown = Reflect.get(handler, STREAMING);
  if (!mark) return false;
  if (mark !== "response")
    throw runtimeError("Runtime.MalformedStreamingHandler", "Only response streaming is supported.");
  return true;
}

/** `awslambda.HttpResponseStream`: puts status and headers before what a function URL is to send. */
export const HttpResponseStream = {
  from(stream: ResponseStream, prelude: unknown): ResponseStream {
    stream.setContentType("application/vnd.awslambda.http-integration-response");
    stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), PRELUDE_END]);
    return stream;
  },
};

/**
 * What a streaming handler has written, once it has ended its stream: nothing here takes it piece by piece. Throws what
 * the handler throws before that. With a stream that fails, the process ends.
 */
export async function runStreaming(
  handler: StreamingHandler,
  event: unknown,
  context: Context,
): Promise<Buffer> {
  const stream = new ResponseStream();
  const written = new Promise((resolve) => stream.once("finish", resolve));
  stream.on("error", (error) => {
    process.nextTick(() => {
      throw error;
    });
  });
  try {
    const running = handler(event, stream, context);
    if (!isPromise(running)) throw new Error("Streaming does not support non-async handlers.");
    if ((await running) !== undefined) console.warn("Streaming handlers ignore return values.");
  } catch (error) {
    if (!stream.writableEnded) throw error;
    logError("Invoke Error", error); // too late for the caller
  }
  await written;
  return Buffer.concat(stream.chunks);
}

class ResponseStream extends Writable {
  readonly chunks: Buffer[] = [];
  prelude: Buffer | undefined;
  #hasWritten = false;

  /** Objects are written as JSON. */
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    if (!this.#hasWritten && this.prelude) this.chunks.push(this.prelude);
    this.#hasWritten = true;
    const data = typeof chunk === "string" || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    return Reflect.apply(super.write, this, [data, ...rest]);
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  /** Nobody reads it here. Throws after the first write. */
  setContentType(_: string): void {
    if (this.#hasWritten)
      throw runtimeError("Runtime.InvalidStreamingOperation", "Cannot set content-type, too late.");
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
