import type { Failure } from "./draw.ts";

/** What went wrong, and what to do about it. */
export type Advice = { readonly title: string; readonly action: string };

const ADVICE = {
  unreachable: {
    title: "The API cannot be reached.",
    action:
      "Check that it runs and that you are online, then press Draw again. What you typed is still there.",
  },
  timeout: {
    title: "The API has not answered in time.",
    action: "It may be busy. Wait a moment, then press Draw again.",
  },
  stopped: {
    title: "You stopped waiting.",
    action: "Nothing is kept of a draw, so press Draw again at will.",
  },
  unreadable: {
    title: "That was no answer of this API.",
    action:
      "Something in between may have answered in its place, such as a proxy or a login page. Check the response below.",
  },
} as const satisfies Record<string, Advice>;

export function adviseOn(failure: Failure): Advice {
  if (failure.kind !== "problem") return ADVICE[failure.kind];
  const { problem, requestId, retryAfter } = failure;
  const { status, detail } = problem;
  const title = /[.!?]$/.test(problem.title) ? problem.title : `${problem.title}.`;
  if (status === 429 || status === 503) {
    const pause = retryAfter === undefined ? "a moment" : `${retryAfter} seconds`;
    return { title, action: `Too much is asked of the API just now. Wait ${pause}, then press Draw again.` };
  }
  if (status >= 500) {
    const name = requestId === undefined ? "" : `, and name the request ${requestId}`;
    const action = `That is a fault of the API, not yours. Press Draw again; if it stays, tell whoever runs the API${name}.`;
    return { title, action };
  }
  return {
    title,
    action: detail ?? "The API may have changed since this page was loaded: reload it, then try again.",
  };
}
