import createClient from "openapi-fetch";
import type { paths } from "../../node_modules/.generated/fixture/openapi-typescript/schema.ts";
import { type Calls, menu, type Outcome, order, png, settings, toBase64 } from "./expected.ts";

/** Of openapi-typescript, called with openapi-fetch. */
export function calls(baseUrl: string): Calls {
  const client = createClient<paths>({ baseUrl });
  const outcome = async (
    calling: Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>,
  ): Promise<Outcome> => {
    const { data, error, response } = await calling;
    return { status: response.status, body: data ?? error };
  };
  return {
    "a body of JSON": () => outcome(client.POST("/greetings", { body: { name: "Ada", count: 1 } })),
    "headers and cookies": () =>
      outcome(
        client.POST("/notes", {
          params: { header: { "idempotency-key": "k1" }, cookie: { session: "s1" } },
          body: { text: "Buy milk", tags: ["shop"] },
        }),
      ),
    "a query with a list and a number": () =>
      outcome(client.GET("/notes", { params: { query: { tag: ["shop", "food & drink"], limit: 5 } } })),
    "a query with a truth value, an enum and a header": () =>
      outcome(
        client.GET("/search", {
          params: {
            query: { q: "milk", tag: ["home"], sort: "oldest", archived: "true", page: 2 },
            header: { "x-api-key": "key" },
          },
        }),
      ),
    "a parameter of the path": () => outcome(client.GET("/notes/{id}", { params: { path: { id: "7" } } })),
    "a problem of the contract": () =>
      outcome(client.GET("/notes/{id}", { params: { path: { id: "404" } } })),
    "a problem with members": () => outcome(client.GET("/orders/{id}", { params: { path: { id: "404" } } })),
    "a request that breaks the contract": () =>
      outcome(client.POST("/greetings", { body: { name: "Ada", count: 21 } })),
    "dates and one of several kinds": () =>
      outcome(client.POST("/orders", { body: { ...order, items: [...order.items] } })),
    "who calls": () => outcome(client.GET("/profile", { headers: { authorization: "Bearer ada" } })),
    "nobody who calls": () => outcome(client.GET("/profile")),
    "a greedy path and text": () =>
      outcome(
        client.GET("/files/{path1}/{path2}", {
          params: { path: { path1: "2026", path2: "report.txt" } },
          parseAs: "text",
        }),
      ),
    "bytes sent": () =>
      outcome(
        client.POST("/images", {
          body: "", // its type of bytes, which the next line sends
          bodySerializer: () => new Blob([png]),
          headers: { "content-type": "image/png" },
        }),
      ),
    "bytes received": async () => {
      const { data, response } = await client.GET("/images/{id}", {
        params: { path: { id: 7 } },
        parseAs: "blob",
      });
      return { status: response.status, body: data && (await toBase64(data)) };
    },
    "a body of text": () =>
      outcome(
        client.PUT("/imports", {
          body: "id,text\n7,é\n",
          bodySerializer: (text) => text,
          headers: { "content-type": "text/csv" },
        }),
      ),
    "a form": () =>
      outcome(
        client.POST("/feedback", {
          body: { name: "Ada & Zoë", topics: ["50% off", "a=b"], stars: 5 },
        }),
      ),
    "a form with files": () =>
      outcome(
        client.POST("/uploads", {
          body: { title: "A dot", photo: "" }, // its type of a file, which the next line sends
          bodySerializer({ title }) {
            const form = new FormData();
            form.set("title", title);
            form.set("photo", new File(["GIF"], "dot.gif", { type: "image/gif" }));
            return form;
          },
        }),
      ),
    "no body": () =>
      outcome(client.PUT("/notes/{id}", { params: { path: { id: "7" } }, body: { text: "Buy bread" } })),
    "what holds itself": () =>
      outcome(client.PUT("/menus/{id}", { params: { path: { id: "m" } }, body: menu })),
    "a record of any names": () => outcome(client.PUT("/settings", { body: settings })),
    "schemas with names": () =>
      outcome(
        client.PUT("/users/{user}", {
          params: { path: { user: "8" } },
          body: { name: "Ada", friends: [{ name: "Bob" }] },
        }),
      ),
    "a query of one of several kinds": () =>
      outcome(client.GET("/users", { params: { query: { by: "name", name: "Ada" } } })),
    "a query of any names": () =>
      outcome(
        client.GET("/orders", {
          params: { query: { limit: 7, parameters: { color: "red" } } },
          querySerializer: { object: { style: "form", explode: true } }, // OpenAPI's own default, and not its
        }),
      ),
    "each part of a request": () =>
      outcome(
        client.GET("/users/{user}/notes", {
          params: {
            path: { user: "Ada & [Bob]" },
            query: { q: "milk & honey", deep: "false", page: 2 },
            cookie: { session: "s1" }, // its type alone: a browser would send it
          },
          headers: { authorization: "Bearer ada", cookie: "session=s1" },
        }),
      ),
    "a problem of a field": () =>
      outcome(client.POST("/users", { body: { name: "Ada", email: "taken@example.com" } })),
    "a redirect": async () => {
      const options = { params: { path: { id: "a" } }, redirect: "manual" } as const;
      const { response } = await client.GET("/links/{id}", options);
      return { status: response.status };
    },
  };
}
