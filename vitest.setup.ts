import { beforeEach, vi } from "vitest";

// A log line that no test asked for is a fault. A test that expects one replaces the method with vi.spyOn.
beforeEach(() => {
  vi.restoreAllMocks();
  for (const method of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...stray) => {
      throw new Error(`stray console.${method}: ${stray.map(String).join(" ")}`);
    });
  }
});
