import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import * as sdk from "@aws-sdk/client-dynamodb";
import { startDynamo } from "@lucky/emulators/dynamodb";

/** What one engine answers to a call, comparable with another's. */
export type Answer = { readonly error?: string; readonly message?: string } & Readonly<
  Record<string, unknown>
>;

/** A DynamoDB under test, called through the AWS SDK. */
export type Engine = {
  readonly client: sdk.DynamoDBClient;
  stop(): Promise<void>;
};

/** The one of this project. */
export async function startOurs(): Promise<Engine> {
  const dynamo = await startDynamo();
  const client = createClient(dynamo.url);
  return {
    client,
    async stop() {
      client.destroy();
      await dynamo.stop();
    },
  };
}

/** dynoxide, which its makers hold to answers recorded on AWS. */
export async function startDynoxide(): Promise<Engine> {
  const program = fileURLToPath(import.meta.resolve("@dynoxide/linux-x64/dynoxide"));
  chmodSync(program, 0o755);
  const port = await findPort();
  const child = spawn(program, ["--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
  const client = createClient(`http://127.0.0.1:${port}`);
  await untilAnswered(client, child);
  return {
    client,
    async stop() {
      client.destroy();
      child.kill();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

/** Calls an operation, such as `PutItem`, and returns its result or its error. */
export async function ask({ client }: Engine, operation: string, input: object): Promise<Answer> {
  const commands = sdk as unknown as Record<string, new (input: object) => Parameters<typeof client.send>[0]>;
  const Command = commands[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${operation}.`);
  try {
    const { $metadata, ...result } = (await client.send(new Command(input))) as { $metadata: unknown };
    return result;
  } catch (error) {
    if (!(error instanceof sdk.DynamoDBServiceException)) throw error;
    const { name, message, $metadata } = error;
    const { Item, CancellationReasons } = error as { Item?: unknown; CancellationReasons?: unknown };
    const members = {
      ...(Item !== undefined && { Item }),
      ...(CancellationReasons !== undefined && { CancellationReasons }),
    };
    return { error: name, message, status: $metadata.httpStatusCode, ...members };
  }
}

function createClient(endpoint: string): sdk.DynamoDBClient {
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  return new sdk.DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

async function untilAnswered(client: sdk.DynamoDBClient, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isUp = await client.send(new sdk.ListTablesCommand({})).then(
      () => true,
      () => false,
    );
    if (isUp) return;
  }
  throw new Error(`dynoxide ended with ${child.exitCode}.`);
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
