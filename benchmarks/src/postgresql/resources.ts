import { secret } from "@lucky/resources/declare";

export const DatabaseUrl = secret("database-url", {
  summary: "Of PostgreSQL: postgres://user:password@host:5432/name?sslmode=verify-full",
});
