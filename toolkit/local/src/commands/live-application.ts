import { type ListedApplication, type Loaded, loadApart } from "@lucky/application/load-apart";
import { watchPaths } from "../lambda/file-watch.ts";
import { createRerun } from "../lambda/rerun.ts";

/** Contracts take a twentieth of a second; who has written an endless loop is told. */
const LOAD_TIMEOUT_MS = 10_000;

export type LiveApplication = {
  /** The application as it is now, all edits before this call included. */
  current(): Promise<ListedApplication>;
};

type Listeners = {
  /** Told of another application, which is the current one when this is done. */
  onChange(next: ListedApplication, last: ListedApplication): Promise<void>;
  /** Told of the sentence that says what is wrong with it; the last good one goes on. */
  onFailure(failure: string): void;
};

/** Loads the application again after each change of what it is made of. `since`: when it was loaded first. */
export function watchApplication(
  first: ListedApplication,
  { paths, since }: Pick<Loaded, "paths"> & { readonly since: number },
  { onChange, onFailure }: Listeners,
): LiveApplication {
  const { root } = first;
  let application = first;
  let dependsOn = paths;
  const reloading = createRerun(reload);
  const sources = watchPaths(root, reloading.request);
  if (sources.set(dependsOn, since)) reloading.request();

  async function reload(): Promise<void> {
    const started = Date.now();
    const { application: next, paths } = await loadApart(root, LOAD_TIMEOUT_MS);
    const hasFailed = "failure" in next;
    dependsOn = hasFailed ? new Set([...dependsOn, ...paths]) : paths;
    if (sources.set(dependsOn, started)) return await reload();
    if (!hasFailed) {
      await onChange(next, application);
      application = next;
    } else if (!reloading.isAwaited()) {
      onFailure(next.failure); // it may be half written
    }
  }

  return {
    async current() {
      await reloading.settled();
      return application;
    },
  };
}
