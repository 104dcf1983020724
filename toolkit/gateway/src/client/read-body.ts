/** The bytes of a body; `isWhole` is false where it has more of them than it may, and the rest is not waited for. */
export type Body = { readonly bytes: Uint8Array; readonly isWhole: boolean };

/** Reads a body, up to that many bytes. Rejects with a TypeError, as fetch does, when it breaks off. */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done || value === undefined) return { bytes: joined(chunks, size), isWhole: true };
      chunks.push(value);
      size += value.length;
      if (size > maxBytes) break;
    }
  } catch (cause) {
    throw cause instanceof TypeError ? cause : new TypeError("the body broke off", { cause });
  }
  reader?.cancel().catch(() => {});
  return { bytes: joined(chunks, size), isWhole: false };
}

/** Gives a body up, so that its connection ends or serves the next call. */
export function release({ body }: Response): void {
  body?.cancel().catch(() => {});
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
