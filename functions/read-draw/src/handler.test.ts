import { readDraw } from "@acme/contracts/read-draw";
import { invoke } from "@lucky/gateway/testing";
import { useTables } from "@lucky/resources/testing";
import { describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

const { draws } = useTables(readDraw);
const draw = {
  id: event.pathParameters.id,
  message: "Hi, 'ADA'. Your lucky numbers are:",
  numbers: [7, 8],
  drawnAt: "2026-11-25T12:00:00.000Z",
};
const kept = { ...draw, shard: 0, expiresAt: Math.floor(Date.now() / 1000) + 60 };

describe("read-draw", () => {
  test("reads a draw that was kept, without what only the table needs", async () => {
    await draws.put(kept);
    expect(await invoke(handler, event)).toMatchObject({ status: 200, body: draw });
    expect((await invoke(handler, event)).body).toEqual(draw);
  });

  test("has no draw that was never kept", async () => {
    const { status, body } = await invoke(handler, event);
    expect(status).toBe(404);
    expect(body).toMatchObject({ status: 404, title: "There is no such draw" });
  });

  test("has no draw that has expired, though DynamoDB has not deleted it yet", async () => {
    await draws.put({ ...kept, expiresAt: Math.floor(Date.now() / 1000) - 1 });
    expect((await invoke(handler, event)).status).toBe(404);
  });

  test("refuses what is no id", async () => {
    const { status, body } = await invoke(handler, {
      ...event,
      rawPath: "/draws/1",
      pathParameters: { id: "1" },
    });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain("Give the id of a draw.");
  });
});
