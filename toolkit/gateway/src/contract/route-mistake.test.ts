import { describe, expect, test } from "vitest";
import { findRouteMistake } from "./route-mistake.ts";

const of = (path: string, method = "GET") => findRouteMistake({ method, path: path as "/" }); // of any text

describe("a route", () => {
  test.each([
    "/",
    "/draws",
    "/draws/{id}/numbers/{n}",
    "/files/{path+}",
    "/{proxy+}",
    "/.well-known/x-y_z~1",
  ])("may have the path %s", (path) => {
    expect(of(path)).toBeUndefined();
  });

  test.each([
    ["draws", "begin it with a slash"],
    ["/draws/", "leave out the slash at its end"],
    ["/users/{id}.json", '"{id}.json" is neither letters'],
    ["/a//b", '"" is neither letters'],
    ["/a/..", '".." is neither letters'],
    ["/a/{id}/b/{id}", "it has {id} twice"],
    ["/a/{id}/b/{id+}", "it has {id} twice"],
    ["/a/{constructor}", "call {constructor} something else"],
    ["/a/{rest+}/b", "{rest+} takes all that follows: put it last"],
  ])("may not have the path %s", (path, reason) => {
    expect(of(path)).toBe(
      `"${path}" is not a path: ${reason}${reason.endsWith("letters") ? ", digits and -._~ nor a parameter such as {id}" : ""}.`,
    );
  });

  test.each(["FETCH", "get", "HEAD", ""])("may not have the method %j", (method) => {
    expect(of("/draws", method)).toBe(
      `"${method}" is not a method of a contract: use GET, POST, PUT, PATCH, DELETE.`,
    );
  });
});
