import { readRetryAfter } from "@lucky/gateway/client";
import type { FieldProblem } from "@lucky/gateway/problem";
import { toDuration } from "./duration.ts";
import type { Failure, ProblemFailure } from "./failure.ts";
import { shorten, visible } from "./shown-text.ts";

/** What went wrong, and what to do about it. */
export type Advice = { readonly title: string; readonly action: string };

/** In characters; who needs more finds the whole response below. */
const LONGEST_TEXT = 300;
const MOST_REASONS = 3;

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
  outdated: {
    title: "This page does not understand the answer.",
    action:
      "The API may have changed since the page was loaded: reload it, then press Draw again. The response is below.",
  },
} as const satisfies Record<string, Advice>;

export function adviseOn(failure: Failure): Advice {
  if (failure.kind !== "problem") return ADVICE[failure.kind];
  const { problem, headers } = failure;
  const { status } = problem;
  const isHtml = /^text\/html\b/i.test(headers.get("content-type") ?? "") || isMarkup(problem.title);
  const title = isHtml
    ? `The API answered ${status} with HTML`
    : (toWords(problem.title) ?? `HTTP ${status}`);
  return { title: /[.!?]$/.test(title) ? title : `${title}.`, action: actionOn(failure) };
}

/** The same in one sentence or two, for what is asked again in another way than by Draw, such as "press Try again". */
export function sentenceOn(failure: Failure, again: string, errors: readonly FieldProblem[] = []): string {
  const { title } = adviseOn(failure);
  const then = `${again.charAt(0).toUpperCase()}${again.slice(1)}.`;
  if (failure.kind === "outdated") return `${title} Reload the page.`;
  if (failure.kind !== "problem") return `${title} ${then}`;
  const { problem, headers } = failure;
  const { status, detail } = problem;
  if (status === 429 || status === 503) {
    return `${title} Wait ${toDuration(readRetryAfter(headers))}, then ${again}.`;
  }
  if (status >= 500) return `${title} ${then}`;
  const reasons = [detail, ...errors.slice(0, MOST_REASONS).map((error) => error.detail)].map(toWords);
  return [title, ...reasons].filter(Boolean).join(" ");
}

function actionOn({ problem, requestId, headers }: ProblemFailure): string {
  const { status, detail } = problem;
  if (status === 429 || status === 503) {
    const pause = toDuration(readRetryAfter(headers));
    return `Too much is asked of the API just now. Wait ${pause}, then press Draw again.`;
  }
  if (status >= 500) {
    const name = requestId === undefined ? "" : `, and name the request ${toWords(requestId)}`;
    return `That is a fault of the API, not yours. Press Draw again; if it stays, tell whoever runs the API${name}.`;
  }
  return (
    toWords(detail) ??
    "It gives no reason that this page can read; the response is below. If the API has changed since the page was loaded, reload it."
  );
}

/** What the API says, as far as people read it; undefined for what are no words. */
export function toWords(text = ""): string | undefined {
  return text.trim() === "" || isMarkup(text) ? undefined : visible(shorten(text, LONGEST_TEXT));
}

function isMarkup(text: string): boolean {
  return /^\s*<[!/?a-z]/i.test(text);
}
