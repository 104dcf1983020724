import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { UsageError } from "@lucky/command/usage-error";
import { METHODS } from "@lucky/gateway/route";
import { checkFunctionName } from "./function-name.ts";
import { checkMethod, checkPath, checkRoute } from "./route.ts";
import { checkTable } from "./table.ts";
import { defaultPath, takesBody, type Wishes } from "./wishes.ts";
import type { Workspace } from "./workspace.ts";

type Terminal = { readonly input: Readable; readonly output: Writable };

/** Asks for what was not said, again where an answer will not do. Throws an error when the answers end too soon. */
export async function askForMissing(
  known: Omit<Wishes, "name"> & { readonly name?: string | undefined },
  workspace: Workspace,
  { input, output }: Terminal,
): Promise<Wishes> {
  const terminal = createInterface({ input, output });
  const ended = new Promise<never>((_, reject) => {
    terminal.once("close", () => reject(new Error("\nNothing is written.")));
  });
  ended.catch(() => {}); // also closed at the end

  async function ask<T>(question: string, fallback: string, check: (answer: string) => T): Promise<T> {
    for (;;) {
      const shown = fallback === "" ? `${question}: ` : `${question} (${fallback}): `;
      const answer = await Promise.race([terminal.question(shown), ended]);
      try {
        return check(answer.trim() || fallback);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        output.write(`${error.message}\n`);
      }
    }
  }

  try {
    const checkName = (answer: string) => checkFunctionName(answer, workspace);
    const name =
      known.name === undefined ? await ask("Name, as in send-mail", "", checkName) : checkName(known.name);
    const method =
      known.method === undefined
        ? await ask(`Method, of ${METHODS.join(", ")}`, "POST", checkMethod)
        : checkMethod(known.method);
    const table =
      known.table ??
      (await ask("Table, as in notes, or - for none", "-", (answer) => {
        if (answer === "-") return undefined;
        checkTable(answer, name, workspace);
        return answer;
      }));
    const path =
      known.path ??
      (await ask("Path, with parameters as in /draws/{id}", defaultPath(name, method, table), (answer) => {
        checkRoute(name, { method, path: checkPath(answer) }, workspace);
        return answer;
      }));
    const body =
      known.body ??
      (takesBody(method) &&
        (table !== undefined || (await ask("Does a request have a body?", "yes", checkYesOrNo))));
    return { ...known, name, method, path, body, ...(table !== undefined && { table }) };
  } finally {
    terminal.close();
  }
}

function checkYesOrNo(answer: string): boolean {
  if (/^y(?:es)?$/i.test(answer)) return true;
  if (/^no?$/i.test(answer)) return false;
  throw new UsageError("Answer yes or no.");
}
