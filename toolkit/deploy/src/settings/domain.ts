import { ApplicationError } from "@lucky/application/application-error";
import { certificateArn, domainName, readSetting } from "./setting.ts";

/** In the place of the address that API Gateway makes up. */
export type Domain = {
  readonly name: string;
  /** Of a certificate in ACM, where the domain's zone is not in Route 53: then its CNAME is made by hand. */
  readonly certificateArn?: string;
};

/**
 * API_DOMAIN and API_CERTIFICATE_ARN. Throws an ApplicationError for a certificate without a domain, or in another region
 * than the API's, where API Gateway does not find it.
 */
export function readDomain(environment: NodeJS.ProcessEnv, region: string): Domain | undefined {
  const name = readSetting(environment, "API_DOMAIN", domainName);
  const certificate = readSetting(environment, "API_CERTIFICATE_ARN", certificateArn);
  if (certificate === undefined) return name === undefined ? undefined : { name };
  if (name === undefined) {
    throw new ApplicationError("API_CERTIFICATE_ARN is set without a domain: set API_DOMAIN as well.");
  }
  if (certificate.split(":")[3] !== region) {
    throw new ApplicationError(
      `API_CERTIFICATE_ARN is in another region than the API: use a certificate in ${region}.`,
    );
  }
  return { name, certificateArn: certificate };
}
