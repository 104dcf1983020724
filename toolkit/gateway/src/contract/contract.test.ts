import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "./contract.ts";
import { bytes, type Schema, text } from "./schema.ts";

const id = z.object({ id: z.string() });
const get = { method: "GET", summary: "", reply: z.string() } as const;

// The compiler is the test: each line that it should refuse says so, and is wrong where it does not.
describe("a contract that cannot be kept does not compile:", () => {
  test("a header in capitals, which never arrives so", () => {
    contract({ ...get, path: "/x", headers: z.object({ "x-api-key": z.string() }) });
    contract({ ...get, path: "/x", headers: z.record(z.string(), z.string()) });
    contract({ ...get, path: "/x", headers: z.optional(z.object({ "x-api-key": z.string() })) });
    // @ts-expect-error it is x-api-key
    contract({ ...get, path: "/x", headers: z.object({ "X-Api-Key": z.string() }) });
    // @ts-expect-error in valibot too
    contract({ ...get, path: "/x", headers: v.object({ "X-Api-Key": v.string() }) });
    // @ts-expect-error in arktype too
    contract({ ...get, path: "/x", headers: type({ "X-Api-Key?": "string" }) });
  });

  test("params that are not those of the path", () => {
    contract({ ...get, path: "/users/{id}", params: id });
    contract({ ...get, path: "/users/{id}", params: z.record(z.string(), z.string()) });
    contract({ ...get, path: "/files/{path+}", params: z.object({ path: z.string() }) });
    const anywhere: Contract["path"] = "/users/{id}";
    contract({ ...get, path: anywhere, params: id });
    // @ts-expect-error the path has id
    contract({ ...get, path: "/users/{id}", params: z.object({ userId: z.string() }) });
    // @ts-expect-error the path has no more
    contract({ ...get, path: "/users/{id}", params: z.extend(id, { more: z.optional(z.string()) }) });
    // @ts-expect-error the path has no parameters
    contract({ ...get, path: "/users", params: id });
    // @ts-expect-error position is missing
    contract({ ...get, path: "/users/{id}/{position}", params: id });
  });

  test("a parameter that is a part of a segment, or greedy and not the last", () => {
    contract({ ...get, path: "/" });
    contract({ ...get, path: "/users/{id}/files/{path+}" });
    contract({ ...get, path: "/openapi.json" });
    // @ts-expect-error .json is in its segment
    contract({ ...get, path: "/users/{id}.json" });
    // @ts-expect-error two are in one segment
    contract({ ...get, path: "/users/{id}{more}" });
    // @ts-expect-error it has no end
    contract({ ...get, path: "/users/{id" });
    // @ts-expect-error it has no name
    contract({ ...get, path: "/users/{}" });
    // @ts-expect-error nothing follows a greedy one
    contract({ ...get, path: "/files/{path+}/size" });
  });

  test("a path with what no path has", () => {
    contract({ ...get, path: "/.well-known/x-y_z~1" });
    const some: "/a" | "/b/{c}" = "/a" as "/a" | "/b/{c}"; // either
    contract({ ...get, path: some });
    // @ts-expect-error the same name twice
    contract({ ...get, path: "/users/{id}/friends/{id}" });
    // @ts-expect-error a slash at its end
    contract({ ...get, path: "/users/" });
    // @ts-expect-error nothing between two slashes
    contract({ ...get, path: "/users//{id}" });
    // @ts-expect-error the folder above
    contract({ ...get, path: "/users/../x" });
    // @ts-expect-error a query
    contract({ ...get, path: "/users?sort=name" });
    // @ts-expect-error a space
    contract({ ...get, path: "/all users" });
  });

  test("headers of a status that the contract does not have, or in capitals", () => {
    const problems = { busy: { status: 409, title: "It is busy" } } as const;
    const described = { location: "Where it is" };
    contract({ ...get, path: "/x", problems, replyHeaders: { 200: described, 409: described } });
    contract({ ...get, path: "/x", reply: { 201: z.string() }, replyHeaders: { 201: described } });
    // @ts-expect-error it has 200 and 409
    contract({ ...get, path: "/x", problems, replyHeaders: { 201: described } });
    // @ts-expect-error it has 201
    contract({ ...get, path: "/x", reply: { 201: z.string() }, replyHeaders: { 200: described } });
    // @ts-expect-error it is location
    contract({ ...get, path: "/x", replyHeaders: { 200: { Location: "Where it is" } } });
  });

  test("a body of a GET", () => {
    contract({ ...get, method: "DELETE", path: "/x", body: z.string(), example: "" });
    // @ts-expect-error ask for a query
    contract({ ...get, path: "/x", body: z.string(), example: "" });
  });

  test("a body where a status has none, or a status that ends no request", () => {
    contract({
      ...get,
      path: "/x",
      reply: { 200: z.string(), 201: null, 204: null, 304: null, 404: z.string() },
    });
    const replies: Contract["reply"] = { 204: null };
    contract({ ...get, path: "/x", reply: replies });
    // @ts-expect-error 204 has no body
    contract({ ...get, path: "/x", reply: { 204: z.object({}) } });
    // @ts-expect-error nor has 304
    contract({ ...get, path: "/x", reply: { 200: z.string(), 304: text() } });
    // @ts-expect-error 100 is followed by another
    contract({ ...get, path: "/x", reply: { 100: null } });
    // @ts-expect-error there is no 600
    contract({ ...get, path: "/x", reply: { 600: null } });
    // @ts-expect-error a status is a number
    contract({ ...get, path: "/x", reply: { 200: z.string(), ok: z.string() } });
    // @ts-expect-error a request ends with a reply
    contract({ ...get, path: "/x", reply: {} });
  });

  test("a problem that is none, or one of the gateway's own", () => {
    contract({ ...get, path: "/x", problems: { "user-not-found": { status: 404, title: "" } } });
    const problems: Contract["problems"] = { "user-not-found": { status: 404, title: "" } };
    contract({ ...get, path: "/x", ...(problems && { problems }) });
    // @ts-expect-error 200 is no problem
    contract({ ...get, path: "/x", problems: { fine: { status: 200, title: "" } } });
    // @ts-expect-error 302 is none
    contract({ ...get, path: "/x", problems: { elsewhere: { status: 302, title: "" } } });
    // @ts-expect-error the gateway has a not-found
    contract({ ...get, path: "/x", problems: { "not-found": { status: 404, title: "" } } });
  });

  test("examples that its schemas do not take", () => {
    const parts = {
      params: id,
      query: z.object({ tag: z.optional(z.array(z.string())), page: z.coerce.number() }),
    };
    const cookies = z.object({ session: z.string() });
    contract({
      ...get,
      ...parts,
      path: "/users/{id}",
      cookies,
      examples: { params: { id: "7" }, query: { tag: ["a"], page: "2" }, cookies: { session: "x" } },
    });
    contract({ ...get, path: "/users/{id}", examples: { params: { id: "7" } } });
    // @ts-expect-error the path has no user
    contract({ ...get, path: "/users/{id}", examples: { params: { user: "7" } } });
    // @ts-expect-error it is a list
    contract({ ...get, ...parts, path: "/users/{id}", examples: { query: { tag: "a" } } });
    // @ts-expect-error it is text on the wire
    contract({ ...get, ...parts, path: "/users/{id}", examples: { query: { page: 2 } } });
    // @ts-expect-error the contract asks for no headers
    contract({ ...get, ...parts, path: "/users/{id}", examples: { headers: { a: "b" } } });
  });

  test("and one of which types know nothing does", () => {
    const any: Schema = bytes("image/png") as Schema;
    contract({ ...get, path: "/users/{id}", params: any, headers: any, query: any, cookies: any });
    expect(contract({ ...get, path: "/x" })).toEqual({ ...get, path: "/x" });
  });
});
