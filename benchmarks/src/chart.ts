/** Horizontal bars; less is better, so the shortest comes first. */
export type Chart = {
  readonly title: string;
  readonly bars: readonly Bar[];
};

export type Bar = {
  readonly label: string;
  /** Of any unit, not negative. */
  readonly value: number;
  /** What stands at its end. */
  readonly text: string;
  readonly role: "ours" | "bound" | "peer";
};

export const themes = {
  light: {
    paper: "#ffffff",
    text: "#1f2328",
    muted: "#59636e",
    ours: "#0969da",
    peer: "#afb8c1",
    bound: "#d8dee4",
  },
  dark: {
    paper: "#0d1117",
    text: "#f0f6fc",
    muted: "#9198a1",
    ours: "#4493f8",
    peer: "#59636e",
    bound: "#373e47",
  },
} as const;
export type Theme = keyof typeof themes;

const WIDTH = 800;
const LABELS = 280;
const FIGURES = 130;
const ROW = 30;
const HEAD = 52;
const FOOT = 12;
const FONT = `font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"`;

/** An SVG picture of it, with no font or style from elsewhere. */
export function toSvg({ title, bars }: Chart, theme: Theme): string {
  const colours = themes[theme];
  const height = HEAD + bars.length * ROW + FOOT;
  const sorted = bars.toSorted((a, b) => a.value - b.value);
  const longest = Math.max(...bars.map(({ value }) => value)) || 1;
  const rows = sorted.map((bar, index) => toRow(bar, HEAD + index * ROW, bar.value / longest, colours));
  const summary = sorted.map(({ label, text }) => `${label}: ${text}`).join("; ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" ${FONT} font-size="14">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(summary)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="${colours.paper}"/>`,
    `<text x="16" y="30" font-size="16" font-weight="600" fill="${colours.text}">${escapeXml(title)}</text>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

function toRow(
  { label, text, role }: Bar,
  top: number,
  share: number,
  colours: (typeof themes)[Theme],
): string {
  const width = Math.max(2, Math.round((WIDTH - LABELS - FIGURES) * share));
  const middle = top + ROW / 2 + 5;
  const isOurs = role === "ours";
  const weight = isOurs ? ' font-weight="600"' : "";
  return [
    `<text x="${LABELS - 12}" y="${middle}" text-anchor="end"${weight} fill="${isOurs ? colours.text : colours.muted}">${escapeXml(label)}</text>`,
    `<rect x="${LABELS}" y="${top + 5}" width="${width}" height="${ROW - 10}" rx="3" fill="${colours[role]}"/>`,
    `<text x="${LABELS + width + 8}" y="${middle}"${weight} fill="${colours.text}">${escapeXml(text)}</text>`,
  ].join("\n");
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
