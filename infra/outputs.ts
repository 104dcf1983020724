import { api } from "@acme/contracts";
import type { Contract } from "@lucky/gateway/contract";
import { curl } from "@lucky/gateway/curl";
import { exampleUrl } from "@lucky/gateway/url";
import { http } from "./api.ts";
import { settings, stage } from "./context.ts";
import { functions } from "./functions.ts";
import { site } from "./site.ts";

const [contract]: readonly Contract[] = Object.values(api);

/** Of a domain whose zone is elsewhere: what to make there. */
const cname =
  settings.domain?.certificateArn &&
  $interpolate`${settings.domain.name} CNAME ${http.nodes.domainName.domainNameConfiguration.targetDomainName}`;

/** What `sst deploy` prints at its end: where the API and its page are, and a command that calls the API. */
export const outputs = {
  url: http.url,
  page: site.url,
  ...(cname && { cname }),
  ...(stage.hasAlias && { functions: $util.all(functions.map(({ lambda }) => lambda.name)) }),
  ...(contract && { curl: $util.output(http.url).apply((url) => curl(contract, exampleUrl(contract, url))) }),
};
