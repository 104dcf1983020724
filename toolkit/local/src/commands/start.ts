import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ApplicationError } from "@lucky/application/application-error";
import { tablesOf, type UsingFunction } from "@lucky/application/listed-uses";
import { loadApart } from "@lucky/application/load-apart";
import { describeMissing } from "@lucky/application/missing-values";
import { runCommand } from "@lucky/command/command";
import { toNumber } from "@lucky/command/number";
import { printable, printableLines } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import { createSite } from "@lucky/pages/site";
import { createTables, TABLES_FOLDER } from "../aws/tables.ts";
import { createApiServer, type Exchange } from "../gateways/api-server.ts";
import type { Build } from "../lambda/lambda-function.ts";
import { DEFAULT_CONCURRENCY, startLambdaService } from "../lambda/lambda-service.ts";
import { allowedHosts } from "./allowed-hosts.ts";
import { describeChanges } from "./application-changes.ts";
import { endGracefully } from "./ending.ts";
import { gatewayOf } from "./event-options.ts";
import { LAMBDA_HELP, lambdaOptions, toLambdaOptions } from "./lambda-options.ts";
import { listen } from "./listen.ts";
import { watchApplication } from "./live-application.ts";
import { describeExchange, exchangeToJson, toExchange } from "./request-line.ts";
import { welcome } from "./welcome.ts";

const LOOPBACK = "127.0.0.1";
/** Where an application has its pages, if it has any. */
const PAGES = "packages/web/pages";

const help = async () => {
  const { functionsForHelp } = await import("@lucky/application/application"); // which takes a tenth of a second
  return `Runs the API on this machine, with no AWS account.

Usage: pnpm start [options]

${await functionsForHelp()}

Options:
  --port <number>         where to listen, 0 for any free port (default 3000)
  --host <address>        on which address (default ${LOOPBACK}: this machine alone); 0.0.0.0 lets others in, who ask
                          for it by its IP address or this machine's name
  --allow-host <name>     another name that it may be asked for by, such as that of a tunnel; may be repeated
  --as <gateway>          http (an HTTP API, the default), rest, url (function URLs) or alb
  --stage <name>          the stage, which callers then put before the path (default: $default, that is none, and
                          prod for rest)
  --concurrency <number>  how many environments a function has at most (default ${DEFAULT_CONCURRENCY}); more requests
                          at once than that are throttled
${LAMBDA_HELP}
  --inspect <port>        let a debugger attach: to the first function at this port, to each other at the next.
                          One environment each, and time does not run out
  --fresh                 without the items that tables kept from other starts
  --json                  a line of JSON for each request on stdout, for machines
  --version               of this project
  -h, --help              this text

The page at / and the reference at /reference/ are built when they are first asked for, and again after an edit.
A line per request, and below it what the function logged, goes to stderr: "cold #2" is the first request of the
second environment. An edit is live with the next request, whether of code, contracts, CORS, a function's limits
("lambda" in its package.json) or packages; while there is a mistake in it, which is shown here, the last good build
keeps serving. A change of the toolkit is there after a restart. Ctrl-C lets requests in flight finish; a second one does
not. Colours only on a terminal, and not with NO_COLOR: ours, and those of a function's logger that hide no text.
Exit code: 0 when stopped, 1 when it cannot start, 2 when called wrongly.
`;
};

await runCommand(help, async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "3000" },
      host: { type: "string", default: LOOPBACK },
      "allow-host": { type: "string", multiple: true, default: [] },
      as: { type: "string" },
      stage: { type: "string" },
      concurrency: { type: "string", default: String(DEFAULT_CONCURRENCY) },
      fresh: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      ...lambdaOptions,
    },
  });
  const port = toNumber(values.port, "--port", 0, 65_535);
  const concurrency = toNumber(values.concurrency, "--concurrency", 1, 1000);
  const hosts = allowedHosts(values.host, values["allow-host"]);
  const gateway = gatewayOf(values.as);
  const { stage = gateway.stage } = values;
  if (stage !== undefined && gateway.stage === undefined) {
    throw new UsageError(`--stage is not for ${gateway.title}: it has no stages.`);
  }
  if (stage !== undefined && stage !== gateway.stage && !/^[\w-]{1,128}$/.test(stage)) {
    throw new UsageError(`--stage takes letters, digits, - and _, not "${stage}".`);
  }

  const since = Date.now();
  const { application, paths } = await loadApart(process.cwd());
  if ("failure" in application) throw new ApplicationError(application.failure);
  const { root, functions, cors } = application;
  const show = (exchange: Exchange) => {
    if (values.json) console.log(exchangeToJson(exchange));
    else console.error(describeExchange(exchange, process.stderr));
  };
  const notice = (text: string) => console.error(printableLines(text));
  const tables = createTables({ root, isFresh: values.fresh, onNotice: notice });
  let using: readonly UsingFunction[] = functions; // as they are now
  const options = toLambdaOptions(values, root, () => using, false, functions.length);
  let told: readonly string[] = [];
  const provide = async (next: readonly UsingFunction[]) => {
    using = next;
    if (!values.aws) await tables.use(tablesOf(next));
    const missing = await Promise.all(
      next.map(async (each) => describeMissing(each, await options.variablesOf(each.name))),
    );
    for (const each of missing.flat()) if (!told.includes(each)) notice(each);
    told = missing.flat();
  };
  const provided = provide(functions);
  provided.catch(() => {}); // it is awaited below, while functions are bundled
  const lambda = await startLambdaService(functions, {
    ...options,
    services: { dynamodb: tables.service },
    concurrency,
    onBuild: (build) => console.error(describeBuild(build)),
    onInvocation: (invocation) => show(toExchange(invocation)),
    onNotice: (notice) => console.error(printable(notice)), // a function can write what looks like its inspector's
  });
  await provided.catch((error) => {
    lambda.stop();
    throw error;
  });
  const base = stage === undefined || stage === "$default" ? "" : `/${stage}`;
  const pages = join(root, PAGES);
  let api = base; // with its address, once it listens
  const live = watchApplication(
    application,
    { paths, since },
    {
      async onChange(next, last) {
        await provide(next.functions).catch((error) => notice(String(error)));
        await lambda.update(next.functions);
        for (const change of describeChanges(last, next, api)) console.error(printableLines(change));
      },
      onFailure: (failure) => console.error(`${printableLines(failure)}\nThe API goes on as it was.`),
    },
  );
  const server = createApiServer({
    functions,
    current: live.current,
    lambda,
    invokeApi: lambda.invokeApi,
    ...(existsSync(pages) && { site: createSite(base, pages) }),
    gateway: values.inspect === undefined ? gateway : { ...gateway, timeoutMs: undefined },
    cors,
    allowedHosts: hosts,
    ...(stage !== undefined && { stage }),
    onExchange: show,
  });
  endGracefully(server, lambda);

  const actual = await listen(server, port, values.host).catch((error) => {
    lambda.stop();
    throw error;
  });
  const host = [LOOPBACK, "0.0.0.0", "::"].includes(values.host) ? "localhost" : values.host;
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${actual}`;
  api = origin + base;
  const print = values.json ? console.error : console.log;
  const kept = !values.aws && tablesOf(functions).length > 0 ? TABLES_FOLDER : undefined;
  print(printableLines(welcome(functions, { title: gateway.title, origin, base, pages, kept })));
});

function describeBuild({ functionName, milliseconds, error, hasNone }: Build): string {
  if (error === undefined) return `${functionName} rebuilt in ${milliseconds.toFixed(0)} ms`;
  const outcome = hasNone ? "has no code to run until that is mended" : "goes on as it was";
  return `${printableLines(error.message)}\n${functionName} ${outcome}.`;
}
