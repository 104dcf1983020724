import { live } from "./functions.ts";
import { type createWorld, PASSED, record, type World } from "./world.ts";

type Setting = ReturnType<typeof createWorld>;

/** A situation, what comes of a release in it, and what prod serves at the end. */
export type Case = {
  readonly situation: string;
  /** v1.2.0 unless given. */
  readonly tag?: string;
  /** What is otherwise than in a world where all is well: prod serves v1.1.0, CI has passed all, nothing rings. */
  readonly given?: Partial<World> | ((setting: Setting) => Partial<World>);
  /** LIVE_STEPS. */
  readonly steps?: string;
  readonly says: string;
  readonly exitCode: 0 | 1 | 2;
  readonly serves: string;
  /** The tag that is noted as the last that held. */
  readonly held: string | undefined;
  readonly deploys: number;
};

export const RECORD = "/shop/prod/deployed";

const RUNNING = { status: "in_progress", conclusion: null };
const FAILED = { status: "completed", conclusion: "failure" };
const lock = (runID: string) => ({ prod: { created: "2026-01-01", command: "deploy", runID } });
const released = ({ commits }: Setting, tag: string) => ({
  functions: live(tag),
  parameters: { [RECORD]: record(tag, commits[tag]) },
});
const ofCi =
  (...looks: World["ci"][string]) =>
  ({ commits }: Setting) => ({ ci: { [commits["v1.2.0"] ?? ""]: looks } });
/** A call that AWS refuses of one of the two functions; another look would find nothing wrong. */
const refusedMove = (name: string, version: string) => ({
  call: `aws lambda update-alias --function-name shop-prod-${name} --name live --function-version ${version}`,
  times: 1,
  says: "An error occurred (AccessDeniedException) when calling the UpdateAlias operation",
});
const OUT_OF_ORDER = "An error occurred (ServiceException) when calling the UpdateAlias operation";
const NEW = { "shop-prod-Greet": { code: "", published: [] }, "shop-prod-Note": { code: "", published: [] } };
const UNALIASED = {
  "shop-prod-Greet": { code: "v1.1.0", published: [] },
  "shop-prod-Note": { code: "v1.1.0", published: [] },
};
const RINGING = [{ name: "A", since: "2026-01-01T00:00:00Z" }];
const SMOKE_FAILS = { smokeFails: ["v1.2.0"] };

const HELD = {
  says: "Prod serves v1.2.0 (",
  exitCode: 0,
  serves: "v1.2.0",
  held: "v1.2.0",
  deploys: 1,
} as const;
const REFUSED = { exitCode: 1, serves: "v1.1.0", held: "v1.1.0", deploys: 0 } as const;
const BACK = { exitCode: 1, serves: "v1.1.0", held: "v1.1.0", deploys: 1 } as const;
const STUCK = { exitCode: 1, serves: "v1.2.0", held: "v1.1.0", deploys: 1 } as const;

const held: readonly Case[] = [
  {
    situation: "AWS is out of order for a moment while it is made live",
    given: { outages: [{ ...refusedMove("Note", "2"), says: OUT_OF_ORDER }] },
    ...HELD,
  },
  { situation: "all is well", ...HELD },
  { situation: "the first ever", given: { parameters: {}, functions: NEW }, ...HELD },
  { situation: "the first with aliases", given: { functions: UNALIASED }, ...HELD },
  {
    situation: "a tag from before the aliases",
    given: { outcomes: { "deploy v1.2.0": ["unaliased"] } },
    ...HELD,
  },
  { situation: "in steps", steps: "10 50", ...HELD, says: "50 % of the requests get v1.2.0 (" },
  {
    situation: "a function is new",
    given: { functions: { ...live("v1.1.0"), "shop-prod-New": { code: "", published: [] } } },
    ...HELD,
  },
  {
    situation: "the network is out while it is made live, and comes back",
    given: { outages: [{ call: "aws lambda", times: 8 }] },
    ...HELD,
  },
  {
    situation: "a cancelled release left a part of the requests with it",
    given: () => {
      const functions = live("v1.1.0");
      for (const each of Object.values(functions))
        Object.assign(each, { code: "v1.2.0", published: ["v1.1.0", "v1.2.0"], newer: { 2: 0.1 } });
      return { functions };
    },
    ...HELD,
  },
  { situation: "alarms rang before", given: { ringing: RINGING }, ...HELD },
  {
    situation: "a hotfix over a broken version",
    given: { ringing: RINGING, smokeFails: ["v1.1.0"] },
    ...HELD,
  },
  {
    situation: "by hand, an older one over a broken one",
    tag: "v1.0.0",
    given: (setting) => ({ ...released(setting, "v1.2.0"), ringing: RINGING, ...SMOKE_FAILS }),
    says: "Prod serves v1.0.0 (",
    exitCode: 0,
    serves: "v1.0.0",
    held: "v1.0.0",
    deploys: 1,
  },
  { situation: "CI is still at work", given: ofCi([], [RUNNING], [PASSED]), ...HELD },
  { situation: "CI passed, and runs again", given: ofCi([RUNNING, PASSED]), ...HELD },
  {
    situation: "a cancelled deploy left its lock and half of itself",
    given: { locks: lock("github-19-1"), runs: { "19": "completed" } },
    ...HELD,
  },
  {
    situation: "the network is out while it is watched, and comes back",
    given: { outages: [{ call: "aws cloudwatch", times: 8 }] },
    ...HELD,
  },
  {
    situation: "the record cannot be read at once",
    given: { outages: [{ call: "aws ssm", times: 2 }] },
    ...HELD,
  },
];

const refused: readonly Case[] = [
  { situation: "steps that fall", steps: "50 10", says: 'LIVE_STEPS is "50 10": use', ...REFUSED },
  { situation: "a step of all", steps: "100", says: "LIVE_STEPS", ...REFUSED },
  { situation: "a step of none", steps: "0 10", says: "LIVE_STEPS", ...REFUSED },
  { situation: "steps in words", steps: "ten", says: "LIVE_STEPS", ...REFUSED },
  { situation: "too many steps", steps: "1 2 3 4 5 6", says: "LIVE_STEPS", ...REFUSED },
  { situation: "a branch", tag: "main", says: `"main" is not a version's tag`, ...REFUSED, exitCode: 2 },
  { situation: "a branch named like a tag", tag: "v2.0.0", says: "There is no tag v2.0.0", ...REFUSED },
  { situation: "an option", tag: "--upload-pack=x", says: "--upload-pack", ...REFUSED, exitCode: 2 },
  { situation: "a shell's words", tag: "v1.2.0;id", says: "is not a version's tag", ...REFUSED, exitCode: 2 },
  { situation: "two lines", tag: "v1.2.0\nx", says: "is not a version's tag", ...REFUSED, exitCode: 2 },
  {
    situation: "a branch of origin",
    tag: "origin/v1.2.0",
    says: "is not a version's tag",
    ...REFUSED,
    exitCode: 2,
  },
  {
    situation: "an expression of git's",
    tag: "v1.2.0^",
    says: "is not a version's tag",
    ...REFUSED,
    exitCode: 2,
  },
  { situation: "a tag that is not there", tag: "v7.0.0", says: "There is no tag v7.0.0", ...REFUSED },
  { situation: "a tag that is not on main", tag: "v9.0.0", says: "v9.0.0 is not on main", ...REFUSED },
  { situation: "CI failed", given: ofCi([FAILED]), says: "CI has not passed v1.2.0", ...REFUSED },
  { situation: "CI fails at last", given: ofCi([RUNNING], [FAILED]), says: "CI has not passed", ...REFUSED },
  { situation: "CI never ran", given: { ci: {} }, says: "CI has not passed v1.2.0", ...REFUSED },
  {
    situation: "a tag that was released and moved",
    given: ({ commits }) => ({ parameters: { [RECORD]: record("v1.2.0", commits["v1.1.0"]) } }),
    says: "has been moved since: make a new tag",
    ...REFUSED,
    held: "v1.2.0",
  },
  {
    situation: "its packages cannot be installed",
    given: { uninstallable: ["v1.2.0"] },
    says: "could not be installed",
    ...REFUSED,
  },
  {
    situation: "a person's sst is at work",
    given: { locks: lock("") },
    says: "prod is locked by a person's sst deploy since 2026-01-01",
    ...REFUSED,
  },
  {
    situation: "another run is at work",
    given: { locks: lock("github-19-1"), runs: { "19": "in_progress" } },
    says: "prod is locked by the run 19 of a workflow, which is still under way",
    ...REFUSED,
  },
  {
    situation: "a lock of a run that GitHub does not know",
    given: { locks: lock("github-19-1") },
    says: "Not Found",
    ...REFUSED,
  },
  {
    situation: "AWS cannot be reached before",
    given: { outages: [{ call: "aws", times: 99 }] },
    says: "Nothing was deployed. Could not connect",
    ...REFUSED,
  },
];

const back: readonly Case[] = [
  {
    situation: "its smoke test fails",
    given: SMOKE_FAILS,
    says: "its smoke test failed. Prod is back on what it served before (the last that held is v1.1.0 (",
    ...BACK,
  },
  {
    situation: "it raises an alarm",
    given: { raises: { "v1.2.0": ["A"] } },
    says: "it raised shop-prod-A. Prod is back on what it served before (the last that held is v1.1.0 (",
    ...BACK,
  },
  {
    situation: "both",
    given: { ...SMOKE_FAILS, raises: { "v1.2.0": ["A"] }, looks: 1 },
    says: "its smoke test failed, and it raised shop-prod-A. Prod is back on what it served before (the last that held is v1.1.0 (",
    ...BACK,
  },
  {
    situation: "the smoke test fails, and AWS cannot be reached",
    given: { ...SMOKE_FAILS, outcomes: { "deploy v1.2.0": ["offline"] } },
    says: "its smoke test failed. Prod is back on what it served before (the last that held is v1.1.0 (",
    ...BACK,
  },
  {
    situation: "it raises one more than rang before",
    given: { ringing: RINGING, raises: { "v1.2.0": ["B"] } },
    says: "it raised shop-prod-B. Prod is back",
    ...BACK,
  },
  {
    situation: "an alarm that rang before ends, and rings again",
    given: { ringing: RINGING, raises: { "v1.2.0": ["A"] } },
    says: "it raised shop-prod-A. Prod is back",
    ...BACK,
  },
  {
    situation: "it raises an alarm with a part of the requests",
    steps: "10 50",
    given: { raises: { "v1.1.0 and 10 % v1.2.0": ["A"] } },
    says: "of the requests it raised shop-prod-A. Prod is back on",
    ...BACK,
  },
  {
    situation: "it raises an alarm with a larger part of the requests",
    steps: "10 50",
    given: { raises: { "v1.1.0 and 50 % v1.2.0": ["A"] } },
    says: "of the requests it raised shop-prod-A. Prod is back on",
    ...BACK,
  },
  {
    situation: "AWS cannot be reached while a step is watched",
    steps: "10",
    given: { outcomes: { "deploy v1.2.0": ["offline"] } },
    says: "it could not be made live: Could not connect",
    ...BACK,
  },
  {
    situation: "it is made live half-way",
    given: { outages: [refusedMove("Note", "2")] },
    says: "it could not be made live: An error occurred (AccessDeniedException)",
    ...BACK,
  },
  {
    situation: "a function is new, and its smoke test fails",
    given: {
      functions: { "shop-prod-New": { code: "", published: [] }, ...live("v1.1.0") },
      smokeFails: ["v1.2.0"],
    },
    says: "shop-prod-New had nothing to go back to, and what v1.2.0 has is live of it.",
    ...BACK,
    serves: "v1.2.0, v1.1.0",
  },
  {
    situation: "the first that is no deploy by hand fails",
    given: { ...SMOKE_FAILS, parameters: {} },
    says: "Prod is back on what it served before (no release has held yet)",
    ...BACK,
    held: undefined,
  },
  {
    situation: "the last that held is not the tag before",
    given: (setting) => ({ ...released(setting, "v1.0.0"), ...SMOKE_FAILS }),
    says: "Prod is back on what it served before (the last that held is v1.0.0 (",
    ...BACK,
    serves: "v1.0.0",
    held: "v1.0.0",
  },
  {
    situation: "both versions fail their smoke test",
    given: { smokeFails: ["v1.1.0", "v1.2.0"] },
    says: "but the smoke test of v1.2.0 fails on it too",
    ...BACK,
  },
];

const stuck: readonly Case[] = [
  {
    situation: "the first ever fails",
    given: { ...SMOKE_FAILS, parameters: {}, functions: NEW },
    says: "Nothing else was live before, so there is nothing to go back to",
    ...STUCK,
    held: undefined,
  },
  {
    situation: "the same again fails",
    given: (setting) => ({ ...released(setting, "v1.2.0"), ...SMOKE_FAILS }),
    says: "Nothing else was live before, so there is nothing to go back to",
    ...STUCK,
    held: "v1.2.0",
  },
  {
    situation: "a person's sst comes in between",
    given: { outcomes: { "deploy v1.2.0": ["taken"] } },
    says: "prod is locked by a person's sst",
    ...STUCK,
    serves: "v1.1.0",
  },
  {
    situation: "AWS cannot be reached while it is watched",
    given: { outcomes: { "deploy v1.2.0": ["offline"] } },
    says: "could not be watched: Could not connect",
    ...STUCK,
  },
  {
    situation: "it held, but that cannot be noted",
    given: { outages: [{ call: "aws ssm put-parameter", times: 99 }] },
    says: "Prod serves v1.2.0",
    ...STUCK,
  },
  {
    situation: "the first with aliases fails",
    given: { ...SMOKE_FAILS, functions: UNALIASED },
    says: "Nothing else was live before, so there is nothing to go back to",
    ...STUCK,
  },
  {
    situation: "sst fails half-way",
    given: { outcomes: { "deploy v1.2.0": ["fails"] } },
    says: "could not be deployed. Each alias that was there leads where it did",
    ...STUCK,
    serves: "v1.1.0",
  },
  {
    situation: "sst dies and leaves its lock",
    given: { outcomes: { "deploy v1.2.0": ["crash"] }, runs: { "20": "in_progress" } },
    says: "could not be deployed. Each alias that was there leads where it did",
    ...STUCK,
    serves: "v1.1.0",
  },
  {
    situation: "the first with aliases fails half-way",
    given: { outcomes: { "deploy v1.2.0": ["fails"] }, functions: UNALIASED },
    says: "may be new: release a fix, or the tag before",
    ...STUCK,
    serves: "v1.2.0, v1.1.0",
  },
  {
    situation: "the first ever fails half-way",
    given: { outcomes: { "deploy v1.2.0": ["fails"] }, parameters: {}, functions: NEW },
    says: "could not be deployed",
    ...STUCK,
    serves: "v1.2.0, ",
    held: undefined,
  },
  {
    situation: "AWS cannot say what is live",
    given: { outages: [{ call: "aws lambda get-alias", times: 99 }] },
    says: "was deployed, and not made live: Could not connect",
    ...STUCK,
    serves: "v1.1.0",
  },
  {
    situation: "the roll-back fails half-way",
    given: { ...SMOKE_FAILS, outages: [refusedMove("Greet", "1")] },
    says: `aws lambda update-alias --function-name shop-prod-Greet --name live --function-version 1 --routing-config '{"AdditionalVersionWeights":{}}'`,
    ...STUCK,
    serves: "v1.2.0, v1.1.0",
  },
  {
    situation: "AWS cannot be reached for the roll-back",
    given: {
      ...SMOKE_FAILS,
      outages: [{ ...refusedMove("Greet", "1"), times: 99, says: "Could not connect" }],
    },
    says: "THE ROLL-BACK FAILED TOO, and prod may serve parts of both: Could not connect",
    ...STUCK,
    serves: "v1.2.0, v1.1.0",
  },
];

export const CASES: readonly Case[] = [...held, ...refused, ...back, ...stuck];
