import fc from "fast-check";
import { expect, test } from "vitest";
import { Problem } from "../contract/problem.ts";
import { allowedMethods } from "../contract/route.ts";
import { chooseRoute } from "../contract/routes.ts";
import { request, routes } from "../testing/arbitrary-routes.ts";
import { parameters, timeout } from "../testing/fuzz.ts";
import { recorded } from "../testing/recorded.ts";
import type { CallInput } from "./call.ts";
import { receive } from "./dialect.ts";
import { matchRoute } from "./match-route.ts";

test(`a function takes what the table of routes gives it, and refuses the rest (seed ${parameters.seed})`, {
  timeout,
}, () => {
  fc.assert(
    fc.property(routes, request, (api, { method, path }) => {
      const event = recorded("alb-get", { httpMethod: method, path });
      const chosen = chooseRoute(api, { method, path }, "path");
      for (const route of api) {
        const contract = { ...route, summary: "", reply: { 204: null } };
        const input: CallInput = {};
        const problem = matchRoute(contract, receive(event, contract).request, input);
        const kind = problem instanceof Problem ? problem.kind : undefined;
        if (chooseRoute([route], { method, path }, "path") === undefined) expect(kind).toBe("not-found");
        else expect(kind).toBe(allowedMethods(route).includes(method) ? undefined : "method-not-allowed");
        if (route === chosen?.route) expect(input.params).toEqual(chosen.params);
      }
    }),
    parameters,
  );
});
