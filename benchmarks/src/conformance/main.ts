import { score, toTable } from "./scoreboard.ts";

console.log(toTable(await score()));
