const RETRIED = [429, 502, 503, 504];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** As fetch, but what may pass is tried again, `retries` times at most. */
export async function fetchWithRetries(
  send: typeof fetch,
  url: string,
  request: RequestInit,
  retries: number,
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const last = attempt >= retries;
    try {
      const response = await send(url, request);
      if (last || !RETRIED.includes(response.status)) return response;
      await response.body?.cancel();
      await pause(pauseAfter(attempt, response.headers.get("retry-after")), request.signal);
    } catch (error) {
      // fetch rejects with a TypeError when the network fails, and with the signal's reason when it aborts.
      if (last || !(error instanceof TypeError)) throw error;
      await pause(pauseAfter(attempt, null), request.signal);
    }
  }
}

/** Random, up to a bound that doubles: many clients do not come back at once. A server's own wish goes first. */
function pauseAfter(attempt: number, retryAfter: string | null): number {
  const wished = Number(retryAfter ?? Number.NaN) * 1000;
  if (wished >= 0) return Math.min(wished, LONGEST_PAUSE_MS);
  return Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
}

function pause(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}
