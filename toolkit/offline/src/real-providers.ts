import { run } from "@lucky/command/child-process";

// The providers that need no AWS to be real: Pulumi's for commands on this machine, and SST's own, which are in the sst
// program itself: the engine asks them over HTTP (.sst/platform/src/components/rpc/rpc.ts).

/** Of SST's own: to upload files, to wait for CloudFront, to have its cache forget. The others call more of AWS. */
const ASKED = ["BucketFiles", "DistributionDeploymentWaiter", "DistributionInvalidation"];

type Properties = Readonly<Record<string, unknown>>;

/** Does what the resource stands for, and gives the properties that come of it; undefined for any other resource. */
export async function createForReal(
  type: string,
  name: string,
  inputs: Properties,
): Promise<object | undefined> {
  if (type === "command:local:Command") return runShell(inputs.create, inputs);
  const [, kind = ""] = /\.sst\.aws\.(\w+)$/.exec(name) ?? [];
  if (!ASKED.includes(kind)) return undefined;
  const { __provider, ...properties } = inputs;
  return askSst(`Resource.Aws.${kind}.Create`, properties);
}

/** Rejects with what the command has printed, if it fails. */
export async function runShell(command: unknown, { dir, environment }: Properties): Promise<object> {
  const { stdout, stderr, exitCode } = await run("sh", ["-c", String(command)], {
    cwd: String(dir),
    env: { ...process.env, ...(environment as Record<string, string>) }, // as Pulumi declares it
  });
  if (exitCode !== 0) throw new Error(`${command} has failed:\n${stdout}${stderr}`);
  return { stdout, stderr };
}

async function askSst(method: string, properties: object): Promise<object> {
  const response = await fetch(`${process.env.SST_SERVER}/rpc`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "1.0", method, params: [properties] }),
  });
  const { result, error } = JSON.parse(await response.text()) as {
    result?: { outs?: object };
    error?: string;
  }; // SST's
  if (error) throw new Error(`${method}: ${error}`);
  return result?.outs ?? {};
}
