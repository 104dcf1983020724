import type { LambdaFunction } from "@lucky/application/application";
import { listResources, nameOnAws, usesOf } from "@lucky/application/resources";
import { settingValues } from "@lucky/application/setting-values";
import type { Secret, Table } from "@lucky/resources/declare";
import { variableOf } from "@lucky/resources/declare";
import { checkKept, deployedTables } from "../uses/deployed-tables.ts";
import { checkSecrets } from "../uses/secret-values.ts";
import { rightsToTable } from "../uses/table-rights.ts";
import type { Statement } from "./function-role.ts";
import { createSecret } from "./secret.ts";
import { createTable, keysOf } from "./table.ts";

/** What a function gets of the resources that its contract uses. */
export type Access = {
  /** How it finds them. */
  readonly environment: Readonly<Record<string, $util.Input<string>>>;
  /** What its role may do with them. */
  readonly statements: readonly Statement[];
};

/** A table that contracts use, and what it is on AWS. */
export type DeployedTable = {
  readonly table: Table;
  /** The name of its resources, such as Draws. */
  readonly resource: string;
  readonly dynamo: sst.aws.Dynamo;
};

export type Resources = {
  readonly tables: readonly DeployedTable[];
  /** Of that function: nothing where its contract uses nothing. */
  accessOf(each: LambdaFunction): Access;
};

export type ResourceOptions = {
  /** Whether tables can be brought back to an earlier minute, and are never deleted or replaced. */
  readonly keepsData: boolean;
  /** The values of settings on this stage, by variable; those with a default may be left out. */
  readonly settings: Readonly<Record<string, string>>;
};

/**
 * Makes the tables and secrets that the contracts of those functions use, and says what each function gets of them. Throws an
 * ApplicationError, before any of them is made, where a secret or a setting is missing or wrong, or a table would be replaced.
 *
 *     const resources = createResources(application, { keepsData: true, settings: { SENDER: "hello@example.com" } });
 */
export function createResources(
  functions: readonly LambdaFunction[],
  { keepsData, settings }: ResourceOptions,
): Resources {
  const listed = listResources(functions);
  const given = settingValues(listed.settings, settings, $app.stage);
  if (keepsData) {
    const wanted = new Map(listed.tables.map((table) => [table.name, keysOf(table)]));
    checkKept(deployedTables(process.env, $app.name, $app.stage), wanted, $app.stage);
  }
  checkSecrets(listed.secrets, $app.stage, process.env);

  const tables = listed.tables.map((table) => ({
    table,
    resource: nameOnAws(table),
    dynamo: createTable(table, { keepsData }),
  }));
  const secrets = listed.secrets.map((secret) => ({ secret, parameter: createSecret(secret) }));
  return {
    tables,
    accessOf(each) {
      const uses = usesOf(each);
      const isUsed = (resource: unknown) => uses.some((use) => use.resource === resource);
      const accesses = [
        ...tables
          .map((one) => tableAccess(one, rightsToTable(one.table, uses)))
          .filter(({ statements }) => statements.length > 0),
        ...secrets.filter(({ secret }) => isUsed(secret)).map(secretAccess),
      ];
      const own = listed.settings.filter(isUsed).map(variableOf);
      const values = Object.entries(given).filter(([variable]) => own.includes(variable));
      return {
        environment: Object.assign(
          Object.fromEntries(values),
          ...accesses.map(({ environment }) => environment),
        ),
        statements: accesses.flatMap(({ statements }) => statements),
      };
    },
  };
}

function tableAccess({ table, dynamo }: DeployedTable, rights: ReturnType<typeof rightsToTable>): Access {
  return {
    environment: { [variableOf(table)]: dynamo.name },
    statements: rights.map(({ actions, on }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: on === "table" ? dynamo.arn : $interpolate`${dynamo.arn}/index/*`,
    })),
  };
}

function secretAccess({ secret, parameter }: { secret: Secret; parameter: aws.ssm.Parameter }): Access {
  return {
    environment: { [`SECRET_${variableOf(secret)}`]: parameter.name },
    statements: [{ Effect: "Allow", Action: ["ssm:GetParameter"], Resource: parameter.arn }],
  };
}
