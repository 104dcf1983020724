import { WriteStream } from "node:tty";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { printable, printableLines, printableLog } from "./terminal.ts";

test.each([
  ["a colour", "\u001b[31mred", "\\u001b[31mred"],
  ["a control sequence of one byte", "\u009b2J", "\\u009b2J"],
  ["a bell, and what deletes", "\u0007\u007f", "\\u0007\\u007f"],
  ["line breaks and tabs", "a\r\nb\tc", "a\\u000d\\u000ab\\u0009c"],
  ["line breaks of Unicode", "a\u2028b\u2029c\u0085d", "a\\u2028b\\u2029c\\u0085d"],
  [
    "a link, and a title",
    "\u001b]8;;http://x\u0007a\u009d0;b\u009c",
    "\\u001b]8;;http://x\\u0007a\\u009d0;b\\u009c",
  ],
  [
    "what cannot be seen",
    "a\u200bb\u00adc\u2060d\ufeffe\u{e0041}",
    "a\\u200bb\\u00adc\\u2060d\\ufeffe\\udb40\\udc41",
  ],
  ["marks that turn text around", "a\u202eb\u2066c\u200fd\u061ce", "a\\u202eb\\u2066c\\u200fd\\u061ce"],
])("%s cannot act in a printable text", (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("whatever can be seen stays as it is", () => {
  const text = "Zoë said: «שלום» می‌خواهم 👩‍👩‍👧 ❤️ \\ '\"`$~";
  expect(printable(text)).toBe(text);
});

test("printable lines keep their breaks and tabs", () => {
  expect(printableLines("a\n\tb\u001b[2J\r\n")).toBe("a\n\tb\\u001b[2J\\u000d\n");
});

test("a line of JSON keeps its value", () => {
  const value = { name: "\u009b\u202e\u007f\u200b\u{e0041}", "\u2066key": "a\tb" };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});

/** Of a process whose stderr is a terminal or not. */
function stream(isTTY: boolean): NodeJS.WriteStream {
  const { getColorDepth } = WriteStream.prototype;
  const made = { isTTY, getColorDepth };
  return Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, made); // which is one
}

describe("what a logger wrote", () => {
  afterEach(() => vi.unstubAllEnvs());
  beforeEach(() => {
    for (const name of ["NO_COLOR", "NODE_DISABLE_COLORS", "FORCE_COLOR", "CI"]) vi.stubEnv(name, undefined);
    vi.stubEnv("TERM", "xterm-256color");
  });
  const log = "\u001b[1;31mred\u001b[0m\tplain\n\u001b[90mgrey\nplain";

  test("keeps its colours on a terminal, each to the end of its line", () => {
    expect(printableLog(log, stream(true))).toBe(
      "\u001b[1;31mred\u001b[0m\tplain\u001b[0m\n\u001b[90mgrey\u001b[0m\nplain",
    );
  });

  test("has none elsewhere, nor where nobody wants them", () => {
    expect(printableLog(log, stream(false))).toBe("red\tplain\ngrey\nplain");
    vi.stubEnv("NO_COLOR", "1");
    expect(printableLog(log, stream(true))).toBe("red\tplain\ngrey\nplain");
  });

  test.each([
    ["concealed", "8"],
    ["reversed", "7"],
    ["blinking", "5"],
    ["black", "30"],
    ["white", "97"],
    ["on a background", "41"],
    ["of any colour", "38;2;0;0;0"],
    ["of both, a good one first", "1;8"],
  ])("cannot be hidden: %s", (_, codes) => {
    expect(printableLog(`\u001b[${codes}mx`, stream(true))).toBe(`\\u001b[${codes}mx`);
  });
});
