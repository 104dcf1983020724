import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

// Loads the application for the thread that has started this one, with what it is made of. What has not changed is not
// compiled again: that is two thirds of the time.

enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url)));
const { listApplication } = await import("./list-application.ts");
const loaded = await listApplication(String(workerData));
flushCompileCache();
parentPort?.postMessage(loaded);
