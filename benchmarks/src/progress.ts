import type { WriteStream } from "node:tty";

/** Tells how far a run is: on a terminal in one line that changes, elsewhere in a line per phase. */
export type Progress = {
  /** A new phase, with what it says until it has got anywhere. */
  phase(name: string): (done: number, of: number) => void;
  notice(text: string): void;
  end(): void;
};

export function showProgress(stream: Pick<WriteStream, "write" | "isTTY">): Progress {
  const erase = stream.isTTY ? "\r\x1b[2K" : "";
  return {
    phase(name) {
      stream.write(stream.isTTY ? `${erase}${name}` : `${name}\n`);
      let shown = 0;
      return (done, of) => {
        const percent = Math.floor((done / of) * 100);
        if (!stream.isTTY || percent === shown) return;
        shown = percent;
        stream.write(`${erase}${name} ${percent} %`);
      };
    },
    notice(text) {
      stream.write(`${erase}${text}\n`);
    },
    end() {
      stream.write(erase);
    },
  };
}
