import * as api from "../../node_modules/.generated/fixture/orval/api.ts";
import { type Calls, menu, type Outcome, order, png, settings, toBase64 } from "./expected.ts";

/** Of orval, with its client of fetch, which has the address from its configuration. */
export function calls(): Calls {
  const outcome = async (
    calling: Promise<{ readonly data: unknown; readonly status: number }>,
  ): Promise<Outcome> => {
    const { data, status } = await calling;
    return { status, body: data };
  };
  return {
    "a body of JSON": () => outcome(api.greet({ name: "Ada", count: 1 })),
    "headers and cookies": () =>
      outcome(api.createNote({ text: "Buy milk", tags: ["shop"] }, { headers: { "idempotency-key": "k1" } })),
    "a query with a list and a number": () =>
      outcome(api.listNotes({ tag: ["shop", "food & drink"], limit: 5 })),
    "a query with a truth value, an enum and a header": () =>
      outcome(
        api.search(
          { q: "milk", tag: ["home"], sort: "oldest", archived: "true", page: 2 },
          { headers: { "x-api-key": "key" } },
        ),
      ),
    "a parameter of the path": () => outcome(api.readNote("7")),
    "a problem of the contract": () => outcome(api.readNote("404")),
    "a problem with members": () => outcome(api.readOrder("404")),
    "a request that breaks the contract": () => outcome(api.greet({ name: "Ada", count: 21 })),
    "dates and one of several kinds": () => outcome(api.placeOrder({ ...order, items: [...order.items] })),
    "who calls": () => outcome(api.readProfile({ headers: { authorization: "Bearer ada" } })),
    "nobody who calls": () => outcome(api.readProfile()),
    "a greedy path and text": () => outcome(api.readFile("2026", "report.txt")),
    "bytes sent": () => outcome(api.measureImage(new Blob([png]))),
    "bytes received": async () => {
      const { data, status } = await api.readImage(7);
      return { status, body: data instanceof Blob ? await toBase64(data) : data };
    },
    // Of several media types it sends JSON, and leaves the type to its caller.
    "a form": () =>
      outcome(
        api.submitForm(
          { name: "Ada & Zoë", topics: ["50% off", "a=b"], stars: 5 },
          { headers: { "content-type": "application/json" } },
        ),
      ),
    "a form with files": () => {
      const photo = new File(["GIF"], "dot.gif", { type: "image/gif" });
      return outcome(api.uploadFiles({ title: "A dot", photo }));
    },
    "no body": async () => {
      const { status } = await api.replaceNote("7", { text: "Buy bread" });
      return { status };
    },
    "what holds itself": () => outcome(api.saveMenu("m", menu)),
    "a record of any names": () => outcome(api.saveSettings(settings)),
    "schemas with names": () => outcome(api.replaceUser("8", { name: "Ada", friends: [{ name: "Bob" }] })),
    "a query of one of several kinds": () => outcome(api.listUsers({ by: "name", name: "Ada" })),
    "each part of a request": () =>
      outcome(
        api.searchNotes(
          "Ada & [Bob]",
          { q: "milk & honey", deep: "false", page: 2 },
          { headers: { authorization: "Bearer ada", cookie: "session=s1" } },
        ),
      ),
    "a problem of a field": () => outcome(api.createUser({ name: "Ada", email: "taken@example.com" })),
    "a redirect": async () => {
      const { status } = await api.followLink("a", { redirect: "manual" });
      return { status };
    },
  };
}
