import { createClient } from "../../node_modules/.generated/fixture/hey-api/client/index.ts";
import * as api from "../../node_modules/.generated/fixture/hey-api/index.ts";
import { type Calls, menu, type Outcome, order, png, settings, toBase64 } from "./expected.ts";

/** Of @hey-api/openapi-ts, with the client of fetch that it brings. */
export function calls(baseUrl: string): Calls {
  const client = createClient({ baseUrl });
  const outcome = async (
    calling: Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response?: Response }>,
  ): Promise<Outcome> => {
    const { data, error, response } = await calling;
    const body = response?.ok ? data : error;
    return { status: response?.status ?? 0, body };
  };
  return {
    "a body of JSON": () => outcome(api.greet({ client, body: { name: "Ada", count: 1 } })),
    "headers and cookies": () =>
      outcome(
        api.createNote({
          client,
          headers: { "idempotency-key": "k1" },
          body: { text: "Buy milk", tags: ["shop"] },
        }),
      ),
    "a query with a list and a number": () =>
      outcome(api.listNotes({ client, query: { tag: ["shop", "food & drink"], limit: 5 } })),
    "a query with a truth value, an enum and a header": () =>
      outcome(
        api.search({
          client,
          query: { q: "milk", tag: ["home"], sort: "oldest", archived: "true", page: 2 },
          headers: { "x-api-key": "key" },
        }),
      ),
    "a parameter of the path": () => outcome(api.readNote({ client, path: { id: "7" } })),
    "a problem of the contract": () => outcome(api.readNote({ client, path: { id: "404" } })),
    "a problem with members": () => outcome(api.readOrder({ client, path: { id: "404" } })),
    "a request that breaks the contract": () =>
      outcome(api.greet({ client, body: { name: "Ada", count: 21 } })),
    "dates and one of several kinds": () =>
      outcome(api.placeOrder({ client, body: { ...order, items: [...order.items] } })),
    "who calls": () => outcome(api.readProfile({ client, auth: "Bearer ada" })),
    "nobody who calls": () => outcome(api.readProfile({ client })),
    "a greedy path and text": () =>
      outcome(api.readFile({ client, path: { path1: "2026", path2: "report.txt" } })),
    "bytes sent": () =>
      outcome(api.measureImage({ client, body: new Blob([png]), headers: { "content-type": "image/png" } })),
    "bytes received": async () => {
      const { data, response } = await api.readImage({ client, path: { id: 7 } });
      return { status: response?.status ?? 0, body: data && (await toBase64(data)) };
    },
    "a body of text": () => outcome(api.importNotes({ client, body: "id,text\n7,é\n" })),
    "a form": () =>
      outcome(api.submitForm({ client, body: { name: "Ada & Zoë", topics: ["50% off", "a=b"], stars: 5 } })),
    "a form with files": () => {
      const photo = new File(["GIF"], "dot.gif", { type: "image/gif" });
      return outcome(api.uploadFiles({ client, body: { title: "A dot", photo } }));
    },
    "no body": async () => {
      const { response } = await api.replaceNote({ client, path: { id: "7" }, body: { text: "Buy bread" } });
      return { status: response?.status ?? 0 };
    },
    "what holds itself": () => outcome(api.saveMenu({ client, path: { id: "m" }, body: menu })),
    "a record of any names": () => outcome(api.saveSettings({ client, body: settings })),
    "schemas with names": () =>
      outcome(
        api.replaceUser({ client, path: { user: "8" }, body: { name: "Ada", friends: [{ name: "Bob" }] } }),
      ),
    "a query of one of several kinds": () =>
      outcome(api.listUsers({ client, query: { by: "name", name: "Ada" } })),
    "a query of any names": () =>
      outcome(api.filterOrders({ client, query: { limit: 7, parameters: { color: "red" } } })),
    "each part of a request": () =>
      outcome(
        api.searchNotes({
          client,
          auth: "Bearer ada",
          path: { user: "Ada & [Bob]" },
          query: { q: "milk & honey", deep: "false", page: 2 },
          headers: { cookie: "session=s1" },
        }),
      ),
    "a problem of a field": () =>
      outcome(api.createUser({ client, body: { name: "Ada", email: "taken@example.com" } })),
    "a redirect": async () => {
      const { response } = await api.followLink({ client, path: { id: "a" }, redirect: "manual" });
      return { status: response?.status ?? 0 };
    },
  };
}
