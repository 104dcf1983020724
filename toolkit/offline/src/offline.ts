import { type Aws, serveAws } from "./aws.ts";
import { madeUpSecrets } from "./made-up-secrets.ts";
import { createProject, type Project } from "./project.ts";
import { readState, type State } from "./state.ts";
import { WORKSPACE } from "./workspace.ts";

/** What `sst deploy` has printed, and what the stage consists of. */
export type Deployed = { readonly output: string; readonly state: State };

/** A copy of an application with an AWS of its own and secrets that are made up, in which each stage is deployed once, however many tests look at it. */
export type Offline = {
  readonly aws: Aws;
  readonly project: Project;
  /** Rejects with what sst printed if it fails. The environment is the first caller's. */
  deploy(stage: string, environment?: NodeJS.ProcessEnv): Promise<Deployed>;
  close(): Promise<void>;
};

/** `application`: the folder with sst.config.ts, the workspace's own unless given. */
export async function startOffline(application?: string): Promise<Offline> {
  const aws = await serveAws();
  const project = createProject(aws.url, application, await madeUpSecrets(application ?? WORKSPACE));
  const stages = new Map<string, Promise<Deployed>>();

  async function deploy(stage: string, environment: NodeJS.ProcessEnv): Promise<Deployed> {
    const { exitCode, output } = await project.sst(["deploy", "--stage", stage], environment);
    if (exitCode !== 0) throw new Error(output);
    return { output, state: await readState(project, stage, environment) };
  }
  return {
    aws,
    project,
    deploy(stage, environment = {}) {
      const deployed = stages.get(stage) ?? deploy(stage, environment);
      stages.set(stage, deployed);
      return deployed;
    },
    async close() {
      project.remove();
      await aws.close();
    },
  };
}
