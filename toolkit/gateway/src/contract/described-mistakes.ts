import { type Contract, repliesOf } from "./contract.ts";

/** What is wrong with the words of a contract that describe more of it to callers: its tag and the headers of its replies. */
export function* describedMistakes(contract: Contract): Generator<string> {
  const { tag, replyHeaders = {}, problems = {} } = contract;
  if (tag?.trim() === "") yield "its tag is empty: give it a name, or leave it out";
  const statuses = [
    ...Object.keys(repliesOf(contract)),
    ...Object.values(problems).map(({ status }) => `${status}`),
  ];
  for (const [status, headers] of Object.entries(replyHeaders)) {
    if (!statuses.includes(status))
      yield `its replyHeaders have the status ${status}, and it has neither a reply nor a problem of that`;
    for (const name of Object.keys(headers)) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
        yield `${JSON.stringify(name)} of its replyHeaders is no name of a header`;
      if (name !== name.toLowerCase())
        yield `its replyHeaders have ${name}, and names are in lower case: write ${name.toLowerCase()}`;
      if (name === "content-type")
        yield "the schema of a reply gives its content-type: take it out of the replyHeaders";
    }
  }
}
