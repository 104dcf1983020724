import { ApplicationError } from "@lucky/application/application-error";
import { pascalCase } from "@lucky/gateway/name";

/** Which of the pipeline's roles: the one that deploys prod, or the one that deploys pull requests. */
export type RoleName = "prod" | "preview";

/** What one of the pipeline's roles is for. */
export type Scope = {
  readonly role: RoleName;
  /** Of AWS: 12 digits. */
  readonly account: string;
  /** The application's name, as SST has it. */
  readonly app: string;
  /** A stage, or a pattern of stages. */
  readonly stages: "prod" | "pr-*";
  /** How the names of all that is deployed begin, such as `shop-prod-`: a pattern, with a `*` where SST shortens some. */
  readonly prefix: string;
  /** The Route 53 zone of the API's domain; undefined where it is elsewhere, or there is no domain. */
  readonly zone: string | undefined;
};

/** The pipeline's own roles and policies have this path, and no name of what is deployed has one: no pattern reaches them. */
export const PATH = "/pipeline/";

/** Of a function or a role, without the dash and eight letters that SST adds. It shortens the application in a longer one. */
const LONGEST_NAME = 64 - 9;
/** Less of the application's name would be that of many others. */
const LEAST = 3;
const STAGES = {
  prod: { stages: "prod", start: "prod-", longest: "prod" },
  preview: { stages: "pr-*", start: "pr-", longest: "pr-1234567" },
} as const;

/** `functions`: the names of the application's. Throws an ApplicationError that names one whose name is too long. */
export function scopeOf(
  role: RoleName,
  {
    app,
    account,
    functions,
    zone,
  }: Pick<Scope, "app" | "account"> & { functions: readonly string[]; zone?: string | undefined },
): Scope {
  const { stages, start, longest } = STAGES[role];
  const rooms = functions.map((name) => LONGEST_NAME - `-${longest}-${pascalCase(name)}Function`.length);
  const bucket = LONGEST_NAME - 1 - `-${longest}-SiteAssetsBucket`.length;
  const room = Math.min(app.length, bucket, ...rooms);
  if (room < Math.min(app.length, LEAST)) {
    const name = functions[rooms.indexOf(room)];
    throw new ApplicationError(
      `The function ${name} has so long a name that its role's on AWS would not say whose it is: use ${LEAST - room} letters less.`,
    );
  }
  const prefix = room < app.length ? `${app.slice(0, room)}*-${start}` : `${app}-${start}`;
  return { role, account, app, stages, prefix, zone };
}

export function roleNameOf({ app, role }: Scope): string {
  return `pipeline-${app}-${role}`;
}

export function roleArn(scope: Scope): string {
  return `arn:aws:iam::${scope.account}:role${PATH}${roleNameOf(scope)}`;
}

/** Of the policy that has the most that a function of the scope may do. */
export function boundaryArn({ account, app, role }: Scope): string {
  return `arn:aws:iam::${account}:policy${PATH}${app}-${role}-functions`;
}
