import { luckyNumbers } from "@acme/contracts/lucky-numbers";
import { adviseOn } from "./advice.ts";
import { announce } from "./announcement.ts";
import { showBalls, showNoBalls } from "./balls.ts";
import { listContracts } from "./contracts.ts";
import { enableCopying } from "./copying.ts";
import { type Drawn, draw, type Wish } from "./draw.ts";
import { element } from "./element.ts";
import { showExchange } from "./exchange-panels.ts";
import { clearFieldProblems, showFieldProblems } from "./field-problems.ts";
import { countShown, showLatest } from "./latest-draws.ts";
import { clearProblem, showProblem } from "./problem-panel.ts";
import { visible } from "./shown-text.ts";
import { toJsonValue } from "./typed-value.ts";
import { recall, remember, type ShownDraw, type Visit } from "./visit.ts";
import { startWaiting } from "./waiting.ts";

const form = element("draw", HTMLFormElement);
const nameField = element("name", HTMLInputElement);
const countField = element("count", HTMLInputElement);
const submit = element("submit", HTMLButtonElement);
let isDrawing = false;
let shown: ShownDraw | undefined;

nameField.value = luckyNumbers.example.name;
countField.value = String(luckyNumbers.example.count);
element("count-hint", HTMLParagraphElement).textContent = luckyNumbers.description;
showNoBalls("The drum is full. Press Draw.");
listContracts();
enableCopying();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isDrawing) return;
  isDrawing = true;
  submit.setAttribute("aria-disabled", "true"); // `disabled` would lose the focus
  clearProblem();
  const waiting = startWaiting();
  try {
    show(await draw(wish(), waiting.signal));
    keep();
  } finally {
    waiting.end();
    submit.removeAttribute("aria-disabled");
    isDrawing = false;
  }
});
// The second click of a double click is no second wish, though the answer may be there in between.
submit.addEventListener("click", (event) => {
  if (event.detail > 1) event.preventDefault();
});
form.addEventListener("input", keep);
const visit = await recall();
if (visit) comeBack(visit);
await showLatest(form, wish, visit?.latest ?? 0, keep);

function wish(): Wish {
  return { name: nameField.value, count: toJsonValue(countField.value) };
}

function comeBack({ name, count, draw }: Visit): void {
  nameField.value = name;
  countField.value = count;
  if (draw) showDraw(draw);
}

function keep(): void {
  remember({ name: nameField.value, count: countField.value, draw: shown, latest: countShown() });
}

function showDraw(draw: ShownDraw): void {
  const { outcome, exchange } = draw;
  shown = draw;
  showBalls(visible(outcome.message), outcome.numbers);
  showExchange(exchange);
}

function show({ outcome, exchange }: Drawn): void {
  clearFieldProblems(form);
  if (outcome.kind === "numbers") {
    showDraw({ outcome, exchange });
    announce(`${visible(outcome.message)} ${outcome.numbers.join(", ")}`);
    return;
  }
  shown = undefined;
  showExchange(exchange);
  showNoBalls("No numbers this time.");
  const errors = outcome.kind === "problem" ? (outcome.problem.errors ?? []) : [];
  const elsewhere = showFieldProblems(form, errors);
  if (errors.length === 0 || elsewhere.length > 0) showProblem(adviseOn(outcome), elsewhere);
}
