import { test } from "vitest";
import { startOffline } from "./offline.ts";

// SST is real: its command line, its components, its bundler. The Pulumi engine and AWS are stand-ins, so these tests do
// not prove what AWS says to all this, nor what an update changes.

/**
 * A `test` for what is deployed of an application, the one of that folder: `prod`, with those settings, and a personal stage.
 * Each is deployed once for all the tests of a worker, when the first asks.
 *
 *     const test = offlineTest(root, { ALARM_EMAIL: "oncall@example.com" });
 *     test("has an alarm", ({ prod }) => expect(prod.state.resource("Alarm")).toBeDefined());
 */
export function offlineTest(root: string, prodSettings: NodeJS.ProcessEnv) {
  return test
    .extend("application", { scope: "worker" }, () => root)
    .extend("offline", { scope: "worker" }, async ({ application }, { onCleanup }) => {
      const offline = await startOffline(application);
      onCleanup(offline.close);
      return offline;
    })
    .extend("prod", { scope: "worker" }, ({ offline }) => offline.deploy("prod", prodSettings))
    .extend("anna", { scope: "worker" }, ({ offline }) => offline.deploy("anna"));
}
