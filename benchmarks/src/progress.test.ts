import { expect, test } from "vitest";
import { showProgress } from "./progress.ts";

function record(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, progress: showProgress({ write, isTTY } as unknown as NodeJS.WriteStream) }; // all that it uses
}

test("on a terminal it rewrites one line, once per per cent", () => {
  const { written, progress } = record(true);
  const onProgress = progress.phase("cold");
  for (let done = 1; done <= 4; done++) onProgress(done, 400);
  progress.end();
  expect(written).toEqual(["\r\x1b[2Kcold", "\r\x1b[2Kcold 1 %", "\r\x1b[2K"]);
});

test("elsewhere it writes a line per phase", () => {
  const { written, progress } = record(false);
  progress.phase("cold")(1, 2);
  progress.phase("warm");
  progress.end();
  expect(written.join("")).toBe("cold\nwarm\n");
});
