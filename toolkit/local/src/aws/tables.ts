import { statSync } from "node:fs";
import { join, relative } from "node:path";
import type { ListedTable } from "@lucky/application/listed-uses";
import { type Dynamo, definitionOf, startDynamo } from "@lucky/emulators/dynamodb"; // which loads nothing until it starts
import { type AwsService, awsError } from "./aws-service.ts";
import { createForwarding } from "./forward.ts";

/** Where an application keeps its tables on this machine; git ignores it. */
export const TABLES_FOLDER = ".data/dynamodb";

export type Tables = {
  /**
   * From now on these are the tables: DynamoDB starts with the first, and makes those that are not there. What cannot be as it is
   * declared is told to onNotice; rejects where what is kept cannot be opened.
   */
  use(tables: readonly ListedTable[]): Promise<void>;
  /** Likewise, and DynamoDB starts when it is first asked for something. */
  declare(tables: readonly ListedTable[]): void;
  /** DynamoDB, for functions. */
  readonly service: AwsService;
  stop(): Promise<void>;
};

type Options = {
  /** Of the application. */
  readonly root: string;
  /** Whether what is kept is deleted first. */
  readonly isFresh?: boolean;
  readonly onNotice: (notice: string) => void;
};

/**
 * The tables of an application on this machine, kept between starts. One process has them open; others use them through it, and
 * open them themselves when it has ended.
 */
export function createTables({ root, isFresh = false, onNotice }: Options): Tables {
  const folder = join(root, TABLES_FOLDER);
  const forwarding = createForwarding();
  let declared: readonly ListedTable[] = [];
  let engine: Promise<Dynamo> | undefined;
  /** Of the folder that is open. */
  let inode: number | undefined;
  let hasStarted = false;

  async function start(): Promise<Dynamo> {
    const dynamo = await startDynamo({
      folder,
      isFresh: isFresh && !hasStarted,
      ifHeld: "join",
      isBackground: true,
    });
    hasStarted = true;
    inode = inodeOf(folder);
    if (dynamo.isJoined) {
      const what = isFresh ? "So it is not emptied: stop that process first." : "They are shared.";
      onNotice(`Another process has the tables in ${TABLES_FOLDER} open. ${what}`);
    }
    for (const table of declared) await make(dynamo, table);
    return dynamo;
  }

  async function make(dynamo: Dynamo, table: ListedTable): Promise<void> {
    await dynamo.createTable(definitionOf(table)).catch((error: Error) => {
      onNotice(`${error.message}\nTo start afresh: pnpm table ${table.name} empty`);
    });
  }

  function open(): Promise<Dynamo> {
    if (engine && inode !== undefined && inodeOf(folder) !== inode) {
      onNotice(`${TABLES_FOLDER} has been deleted: tables begin anew, without items.`);
      engine.then((dynamo) => dynamo.stop()).catch(() => {});
      [engine, inode] = [undefined, undefined];
    }
    if (engine) return engine;
    const opened = start();
    engine = opened;
    opened.catch(() => {
      if (engine === opened) engine = undefined; // there may be room later
    });
    return opened;
  }

  return {
    declare(tables) {
      declared = tables;
    },
    async use(tables) {
      declared = tables;
      if (tables.length === 0) return;
      const isOpen = engine !== undefined;
      const dynamo = await open();
      if (isOpen) for (const table of tables) await make(dynamo, table);
    },
    async service(request) {
      if (declared.length === 0) return awsError(400, "ServiceNotOnThisMachine", NO_TABLE);
      for (let attempt = 1; ; attempt++) {
        const opened = open();
        try {
          return await forwarding.send((await opened).url, request);
        } catch (error) {
          const hasEnded = (error as NodeJS.ErrnoException).code === "ECONNREFUSED"; // so nothing of it was done
          if (hasEnded && engine === opened) engine = undefined;
          if (!hasEnded || attempt === 3)
            return awsError(500, "InternalServerError", `The tables in ${relative(root, folder)}: ${error}`);
        }
      }
    },
    async stop() {
      forwarding.close();
      await engine?.then((dynamo) => dynamo.stop()).catch(() => {});
    },
  };
}

function inodeOf(folder: string): number | undefined {
  return statSync(join(folder, "tables"), { throwIfNoEntry: false })?.ino;
}

const NO_TABLE =
  "No contract uses a table, so DynamoDB does not run on this machine. Declare one, or run with --aws to call AWS itself.";
