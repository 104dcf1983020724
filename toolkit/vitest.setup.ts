import { beforeEach, vi } from "vitest";

// A log line that no test asked for is a fault. A test that expects one replaces the method with vi.spyOn; only the
// line that every handler writes for a request may come unasked.
beforeEach(() => {
  vi.restoreAllMocks();
  for (const method of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...stray) => {
      if (["debug", "info"].includes(method) && stray[0]?.message === "request") return;
      throw new Error(`stray console.${method}: ${stray.map((part) => JSON.stringify(part)).join(" ")}`);
    });
  }
});
