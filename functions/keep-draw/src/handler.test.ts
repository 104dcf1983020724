import { keepDraw } from "@acme/contracts/keep-draw";
import { invoke } from "@lucky/gateway/testing";
import { useTables } from "@lucky/resources/testing";
import { describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

const { draws } = useTables(keepDraw);
const withKey = (key: string, body = event.body) => ({
  version: "2.0",
  rawPath: "/draws",
  headers: { "content-type": "application/json", "idempotency-key": key },
  requestContext: { http: { method: "POST", path: "/draws" } },
  body,
});

describe("keep-draw", () => {
  test("draws, keeps the draw and says where it is", async () => {
    const { status, headers, body } = await invoke(handler, event);
    expect(status).toBe(201);
    expect(headers.location).toBe(`/draws/${body.id}`);
    expect(body.numbers).toHaveLength(10);
    expect(await draws.get({ id: body.id })).toMatchObject(body);
  });

  test("says nothing of what only the table needs", async () => {
    const { body } = await invoke(handler, event);
    expect(Object.keys(body).sort()).toEqual(["drawnAt", "id", "message", "numbers"]);
  });

  test("keeps a draw for 30 days", async () => {
    const { body } = await invoke(handler, event);
    const kept = await draws.get({ id: body.id });
    const seconds = Math.floor(Date.parse(body.drawnAt) / 1000);
    expect(kept?.expiresAt).toBe(seconds + 30 * 24 * 60 * 60);
  });

  test("draws once for an idempotency-key", async () => {
    const first = await invoke(handler, withKey("once"));
    expect(await invoke(handler, withKey("once"))).toMatchObject({ status: 201, body: first.body });
    expect((await invoke(handler, withKey("other"))).body.id).not.toBe(first.body.id);
  });

  test("refuses a key that was of another request", async () => {
    await invoke(handler, withKey("once"));
    const { status, body } = await invoke(handler, withKey("once", '{"name":"Another","count":2}'));
    expect({ status, type: body.type }).toEqual({
      status: 422,
      type: expect.stringContaining("idempotency-key-reused"),
    });
  });

  test("keeps nothing of a wrong request", async () => {
    const { status } = await invoke(handler, { body: '{"name":"SilentByte","count":-1}' });
    expect(status).toBe(422);
    const kept = await Promise.all([0, 1, 2, 3].map((shard) => draws.query({ shard }, { index: "latest" })));
    expect(kept.flatMap(({ items }) => items)).toEqual([]);
  });
});
