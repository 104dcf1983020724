import { styleText } from "node:util";

/** The first column is text, the others are figures. */
export type Table = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** What one must know to read it. */
  readonly notes: readonly string[];
};

export type TableRow = { readonly cells: readonly string[]; readonly isOurs?: boolean };

/** As plain text; our own rows stand out where `stream` has colours. */
export function toTerminal({ title, columns, rows, notes }: Table, stream: NodeJS.WriteStream): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map(({ cells }) => cells[index]?.length ?? 0)),
  );
  const toLine = (cells: readonly string[]) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ");
  const bold = (text: string) => styleText("bold", text, { stream });
  return [
    bold(title.toUpperCase()),
    toLine(columns),
    ...rows.map(({ cells, isOurs }) => (isOurs ? bold(toLine(cells)) : toLine(cells))),
    ...notes.map((note) => `  ${note}`),
    "",
  ].join("\n");
}

/** As a table of GitHub's Markdown, with its notes below and no title. */
export function toMarkdown({ columns, rows, notes }: Table): string {
  const toLine = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(" | ")} |`;
  return [
    toLine(columns),
    toLine(columns.map((_, index) => (index === 0 ? ":--" : "--:"))),
    ...rows.map(({ cells, isOurs }) => toLine(isOurs ? cells.map((cell) => cell && `**${cell}**`) : cells)),
    ...(notes.length > 0 ? ["", notes.join("\n")] : []),
    "",
  ].join("\n");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
