import { listDraws } from "@acme/contracts/list-draws";
import { latestDraws } from "@acme/core/draw";
import { lambda } from "@lucky/resources/lambda";

export const handler = lambda(listDraws, ({ query: { limit, cursor }, draws }) => {
  const readShard = async (shard: number, before: string | undefined, most: number) => {
    const where = { shard, ...(before !== undefined && { id: { before } }) };
    const { items } = await draws.query(where, { index: "latest", order: "descending", limit: most });
    return items;
  };
  return latestDraws(readShard, limit, cursor);
});
