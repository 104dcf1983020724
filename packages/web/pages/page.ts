import { luckyNumbers } from "@acme/contracts/lucky-numbers";
import { adviseOn } from "./advice.ts";
import { announce } from "./announcement.ts";
import { showBalls, showNoBalls } from "./balls.ts";
import { listContracts } from "./contracts.ts";
import { enableCopying } from "./copying.ts";
import { type Drawn, draw } from "./draw.ts";
import { element } from "./element.ts";
import { clearExchange, showExchange } from "./exchange-panels.ts";
import { clearFieldProblems, showFieldProblems } from "./field-problems.ts";
import { clearProblem, showProblem } from "./problem-panel.ts";
import { toJsonValue } from "./typed-value.ts";
import { startWaiting } from "./waiting.ts";

const form = element("draw", HTMLFormElement);
const nameField = element("name", HTMLInputElement);
const countField = element("count", HTMLInputElement);
const submit = element("submit", HTMLButtonElement);
let isDrawing = false;

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
  const waiting = startWaiting();
  try {
    show(await draw({ name: nameField.value, count: toJsonValue(countField.value) }, waiting.signal));
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

function show({ outcome, exchange }: Drawn): void {
  clearProblem();
  clearFieldProblems(form);
  if (exchange) showExchange(exchange);
  else clearExchange();

  if (outcome.kind === "numbers") {
    const { message, numbers } = outcome;
    showBalls(message, numbers);
    announce(`${message} ${numbers.join(", ")}`);
    return;
  }
  showNoBalls("No numbers this time.");
  const errors = outcome.kind === "problem" ? (outcome.problem.errors ?? []) : [];
  const elsewhere = showFieldProblems(form, errors);
  if (errors.length === 0 || elsewhere.length > 0) showProblem(adviseOn(outcome), elsewhere);
}
