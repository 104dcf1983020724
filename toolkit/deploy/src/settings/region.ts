import { writeFileSync } from "node:fs";
import { region, requireSetting } from "./setting.ts";

/**
 * AWS's regions in October 2026. A newer one deploys as well; it is only what a failure is explained with, so that this
 * list may age: some typos can be told from a region in no other way.
 */
const KNOWN = `
  af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1
  ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1
  cn-north-1 cn-northwest-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
  il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-west-1
  us-west-2
`.match(/\S+/g);

/**
 * The region that AWS_REGION names, for `app()` of sst.config.ts: SST makes its buckets right after that, in us-east-1 if
 * nobody names a region. Throws where there is none. SST does not show what `app()` throws, so `pnpm sst` does (sst.ts).
 *
 *     requireRegion(process.env);
 */
export function requireRegion(environment: NodeJS.ProcessEnv): string {
  try {
    const name = requireSetting(environment, "AWS_REGION", region, "where the API is to run");
    if (!KNOWN?.includes(name)) explain(environment, `Does AWS have the region "${name}"? See AWS_REGION.`);
    return name;
  } catch (error) {
    if (error instanceof Error) explain(environment, `${error.message} Nothing has been made.`);
    throw error;
  }
}

function explain({ SST_EXPLANATION: file }: NodeJS.ProcessEnv, sentence: string): void {
  if (file) writeFileSync(file, sentence);
}
