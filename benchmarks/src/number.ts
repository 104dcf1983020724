import type { Ratio } from "./figures.ts";

/** A figure for people, to three digits, or all that come before its point. */
export function toText(figure: number): string {
  if (figure >= 100) return Math.round(figure).toLocaleString("en-US");
  return String(Number(figure.toPrecision(3)));
}

/** A multiple, to two digits after its point unless it is large. */
export function toMultiple(ratio: number): string {
  return ratio >= 10 ? toText(ratio) : ratio.toFixed(2);
}

/** A share of 1 as per cent. */
export function toPercent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** A ratio with its quartiles; no figure where it says nothing. */
export function toRatio({ median, low, high, isBeyondNoise }: Ratio): string {
  return isBeyondNoise ? `${toMultiple(median)} [${toMultiple(low)} ${toMultiple(high)}]` : "≈ 1";
}
