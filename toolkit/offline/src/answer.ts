import { ACCOUNT, REGION } from "./made-up.ts";
import { type PolicyDocumentArgs, policyDocument } from "./policy-document.ts";
import { upperCase } from "./random-id.ts";

type Properties = Readonly<Record<string, unknown>>;

/** What the program asks of AWS. Throws for what the stand-in does not know. */
export function answer(token: string, inputs: Properties): object {
  switch (token) {
    case "aws:index/getRegion:getRegion":
      return { id: REGION, name: REGION, region: REGION };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/offline`, userId: "AIDAOFFLINE" };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return policyDocument(inputs as PolicyDocumentArgs); // as Pulumi declares it
    case "aws:route53/getZone:getZone":
      return { zoneId: `Z${upperCase(13)}`, id: `Z${upperCase(13)}` };
    default:
      throw new Error(`the stand-in for Pulumi has no answer for ${token}`);
  }
}
