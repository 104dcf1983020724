import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Any schema of https://standardschema.dev: zod, valibot, arktype and others. */
export type Schema = StandardSchemaV1;
export type Input<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type Output<S extends Schema> = StandardSchemaV1.InferOutput<S>;

/** One endpoint: the single place where its route, its input and its output are written down. */
export type Contract = {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As API Gateway writes it, without the stage: `/lucky_numbers`. */
  readonly path: `/${string}`;
  /** What the endpoint does, in one line. */
  readonly summary: string;
  /** The JSON body that the endpoint takes; without it, a body is ignored. */
  readonly body?: Schema;
  /** A body that works, for the curl commands and the documentation. */
  readonly example?: unknown;
  /** The largest body that is read, in bytes after decoding base64; 65536 unless told. */
  readonly maxBodyBytes?: number;
  /** The JSON value of a reply with status 200. */
  readonly reply: Schema;
};

type WithExample<C extends Contract> = C extends { readonly body: infer Body extends Schema }
  ? { readonly example: Input<Body> }
  : { readonly example?: never };

/** Declares an endpoint. It returns what it is given: the worth is in the types, which everything else derives from. */
export function contract<const C extends Contract>(definition: C & WithExample<C>): C {
  return definition;
}
