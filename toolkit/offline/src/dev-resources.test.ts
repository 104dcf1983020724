import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { visits } from "@lucky/fixture";
import { expect, onTestFinished, test, vi } from "vitest";
import { serveAws } from "./aws.ts";
import { serveEventsApi } from "./events-api.ts";
import { madeUpSecrets } from "./made-up-secrets.ts";
import { createProject, stop } from "./project.ts";
import { rightsOf } from "./rights.ts";
import { readState } from "./state.ts";

// What `sst dev` makes of a function that uses something. Its code on this machine runs with the role's credentials, and with
// the variables of the function.
test("a function that runs under sst dev has its tables and its secret, and the rights to them", async () => {
  const events = await serveEventsApi();
  const aws = await serveAws(events.host);
  const project = createProject(aws.url, visits, await madeUpSecrets(visits));
  onTestFinished(async () => {
    project.remove();
    await Promise.all([aws.close(), events.close()]);
  });
  const certificate = join(project.root, "certificate.pem");
  writeFileSync(certificate, events.certificate);
  // SST at times misses the end of its first deploy, and waits for ever: see dev.test.ts.
  await vi.waitFor(
    async () => {
      await project.sst(["unlock", "--stage", "anna"]);
      const dev = project.start(["dev", "--mode=basic", "--stage", "anna"], { SSL_CERT_FILE: certificate });
      let output = "";
      for (const stream of [dev.stdout, dev.stderr])
        stream.on("data", (chunk) => {
          output += chunk;
        });
      try {
        await vi.waitFor(() => expect(output).toContain("Complete"), { timeout: 90_000, interval: 100 });
      } finally {
        await stop(dev, "SIGKILL");
      }
    },
    { timeout: 300_000 },
  );
  const state = await readState(project, "anna", {});
  const { may } = rightsOf(state, "MailVisits");
  expect(may).toContain("Allow dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query on KnownPagesTable");
  expect(may).toContain("Allow ssm:GetParameter on MailKeyParameter");
  expect(may.filter((line) => /dynamodb:\*|ssm:\*/.test(line))).toEqual([]);
  expect(state.resource("MailVisitsFunction").inputs.environment).toMatchObject({
    variables: {
      TABLE_KNOWN_PAGES: state.resource("KnownPagesTable").outputs.name,
      SECRET_MAIL_KEY: state.resource("MailKeyParameter").outputs.name,
      SENDER: "visits@test.example.com",
    },
  });
}, 600_000);
