import { Api } from "../../node_modules/.generated/fixture/swagger-typescript-api/api.ts";
import { type Calls, menu, type Outcome, order, settings, toBase64 } from "./expected.ts";

type Reply = { readonly data: unknown; readonly error: unknown; readonly status: number };

/** Of swagger-typescript-api, with its client of fetch, which rejects with the response where that is a problem. */
export function calls(baseUrl: string): Calls {
  const api = new Api({ baseUrl });
  const outcome = async (calling: Promise<Reply>): Promise<Outcome> => {
    const { data, error, status } = await calling.catch((refused: Reply) => refused);
    return { status, body: data ?? error };
  };
  return {
    "a body of JSON": () => outcome(api.greetings.greet({ name: "Ada", count: 1 })),
    "headers and cookies": () =>
      outcome(
        api.notes.createNote({ text: "Buy milk", tags: ["shop"] }, { headers: { "idempotency-key": "k1" } }),
      ),
    "a query with a list and a number": () =>
      outcome(api.notes.listNotes({ tag: ["shop", "food & drink"], limit: 5 })),
    "a query with a truth value, an enum and a header": () =>
      outcome(
        api.search.search(
          { q: "milk", tag: ["home"], sort: "oldest", archived: "true", page: 2 },
          { headers: { "x-api-key": "key" } },
        ),
      ),
    "a parameter of the path": () => outcome(api.notes.readNote("7")),
    "a problem of the contract": () => outcome(api.notes.readNote("404")),
    "a problem with members": () => outcome(api.orders.readOrder("404")),
    "a request that breaks the contract": () => outcome(api.greetings.greet({ name: "Ada", count: 21 })),
    "dates and one of several kinds": () =>
      outcome(api.orders.placeOrder({ ...order, items: [...order.items] })),
    "who calls": () => outcome(api.profile.readProfile({ headers: { authorization: "Bearer ada" } })),
    "nobody who calls": () => outcome(api.profile.readProfile()),
    "a greedy path and text": () => outcome(api.files.readFile("2026", "report.txt", { format: "text" })),
    "bytes received": async () => {
      const { data, status } = await api.images.readImage(7, { format: "blob" });
      return { status, body: await toBase64(data) };
    },
    "a form": () =>
      outcome(api.feedback.submitForm({ name: "Ada & Zoë", topics: ["50% off", "a=b"], stars: 5 })),
    "a form with files": () => {
      const photo = new File(["GIF"], "dot.gif", { type: "image/gif" });
      return outcome(api.uploads.uploadFiles({ title: "A dot", photo }));
    },
    "no body": async () => {
      const { status } = await api.notes.replaceNote("7", { text: "Buy bread" });
      return { status };
    },
    "what holds itself": () => outcome(api.menus.saveMenu("m", menu)),
    "a record of any names": () => outcome(api.settings.saveSettings(settings)),
    "schemas with names": () =>
      outcome(api.users.replaceUser("8", { name: "Ada", friends: [{ name: "Bob" }] })),
    "a query of one of several kinds": () => outcome(api.users.listUsers({ by: "name", name: "Ada" })),
    "each part of a request": () =>
      outcome(
        api.users.searchNotes(
          encodeURIComponent("Ada & [Bob]"), // it leaves that to its caller
          { q: "milk & honey", deep: "false", page: 2 },
          { headers: { authorization: "Bearer ada", cookie: "session=s1" } },
        ),
      ),
    "a problem of a field": () => outcome(api.users.createUser({ name: "Ada", email: "taken@example.com" })),
    "a redirect": async () => {
      const { status } = await outcome(api.links.followLink("a", { redirect: "manual" }));
      return { status };
    },
  };
}
