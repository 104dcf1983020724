import { HttpResponseStream, streamifyResponse } from "./streaming.ts";

const KEYS = {
  REQUEST_ID: Symbol.for("_AWS_LAMBDA_REQUEST_ID"),
  X_RAY_TRACE_ID: Symbol.for("_AWS_LAMBDA_X_RAY_TRACE_ID"),
  TENANT_ID: Symbol.for("_AWS_LAMBDA_TENANT_ID"),
};

/** What belongs to one invocation; AWS's SDK and Powertools read it. https://www.npmjs.com/package/@aws/lambda-invoke-store */
class InvokeStore {
  static readonly PROTECTED_KEYS = KEYS;
  #context: Record<PropertyKey, unknown> | undefined;

  getContext(): Record<PropertyKey, unknown> | undefined {
    return this.#context;
  }
  hasContext(): boolean {
    return this.#context !== undefined;
  }
  get(key: PropertyKey): unknown {
    return this.#context?.[key];
  }
  set(key: PropertyKey, value: unknown): void {
    if (this.isProtectedKey(key))
      throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    this.#context = { ...this.#context, [key]: value };
  }
  run<T>(context: Record<PropertyKey, unknown>, call: () => T): T {
    this.#context = context;
    return call();
  }
  isProtectedKey(key: PropertyKey): boolean {
    return Object.values<PropertyKey>(KEYS).includes(key);
  }
  getRequestId(): unknown {
    return this.get(KEYS.REQUEST_ID) ?? "-";
  }
  getXRayTraceId(): unknown {
    return this.get(KEYS.X_RAY_TRACE_ID);
  }
  getTenantId(): unknown {
    return this.get(KEYS.TENANT_ID);
  }
}

const store = new InvokeStore();

/** Adds `awslambda` to what every module sees, unless the function's settings say that it is not wanted. */
export function setGlobals(): void {
  const { AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA: isUnwanted = "" } = process.env;
  if (["1", "true"].includes(isUnwanted)) return;
  Object.assign(globalThis, { awslambda: { InvokeStore: store, streamifyResponse, HttpResponseStream } });
}

/** Runs a handler as part of an invocation. */
export function runInvocation<T>(requestId: string, traceId: string | undefined, call: () => T): T {
  return store.run({ [KEYS.REQUEST_ID]: requestId, [KEYS.X_RAY_TRACE_ID]: traceId }, call);
}
