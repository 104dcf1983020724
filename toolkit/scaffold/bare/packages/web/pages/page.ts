import { listContracts } from "./contracts.ts";

listContracts();
