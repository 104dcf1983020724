import { describe, expect, test } from "vitest";
import { type Chart, themes, toSvg } from "./chart.ts";

const chart: Chart = {
  title: "A < B & C",
  bars: [
    { label: 'slow "peer" <1>', value: 20, text: "20 ms", role: "peer" },
    { label: "ours", value: 10, text: "10 ms", role: "ours" },
    { label: "nothing", value: 0, text: "0 ms", role: "bound" },
  ],
};

/** Of its elements, in order: what each name stands for is enough to see that every one is closed. */
function readElements(xml: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-z]+)((?: [a-z-]+="[^"<&]*")*)(\/?)>/gi,
    (_, end, name, __, selfClosed) => {
      if (end) expect(open.pop()).toBe(name);
      else seen.push(name);
      if (!end && !selfClosed) open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
  return seen;
}

describe.each(["light", "dark"] as const)("the %s chart", (theme) => {
  const svg = toSvg(chart, theme);

  test("is well-formed, whatever its text", () => {
    expect(readElements(svg)[0]).toBe("svg");
    expect(svg).toContain("<title>A &lt; B &amp; C</title>");
    expect(svg).toContain(">slow &quot;peer&quot; &lt;1&gt;</text>");
  });

  test("has its colours, ours beside the others'", () => {
    const bars = [...svg.matchAll(/rx="3" fill="(#\w+)"/g)].map(([, fill]) => fill);
    expect(bars).toEqual([themes[theme].bound, themes[theme].ours, themes[theme].peer]);
  });
});

test("the shortest bar comes first, and the longest is twice as long as one of half its value", () => {
  const svg = toSvg(chart, "light");
  const widths = [...svg.matchAll(/width="(\d+)" height="\d+" rx="3"/g)].map(([, width]) => Number(width));
  expect(widths[0]).toBe(2); // still to be seen
  expect(widths[2]).toBe(2 * (widths[1] ?? 0));
});

test("it says in words what it shows", () => {
  expect(toSvg(chart, "light")).toContain("<desc>nothing: 0 ms; ours: 10 ms; slow");
});
