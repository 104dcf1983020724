/** An error of the runtime itself, such as `Runtime.HandlerNotFound`. */
export function runtimeError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** The shape in which Lambda has an error; one that does not let itself be read is said to be so. */
export function toErrorPayload(error: unknown): object {
  try {
    if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
    return {
      errorType: escapeControl(error.name),
      errorMessage: escapeControl(error.message),
      trace: error.stack === undefined ? [] : escapeControl(error.stack).split("\n"),
    };
  } catch {
    const errorMessage =
      "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack";
    return { errorType: "handled", errorMessage, trace: [] };
  }
}

/** Throws where it is no text, whatever its type says. */
function escapeControl(text: string): string {
  return text.replaceAll("\x7f", "%7F");
}
