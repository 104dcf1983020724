import { requireRegion } from "@lucky/deploy/region";

requireRegion(process.env);
