/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  // SST makes its buckets when it knows what this returns, so the region is checked here. It shows no error that is
  // thrown here, though `pnpm sst` does: other mistakes are reported in run(), before anything of the app is made.
  async app({ stage }) {
    const { name } = await import("./package.json");
    await import("./infra/region.ts");
    const { lifetimeOf } = await import("./infra/stage.ts");
    return { name, home: "aws", ...lifetimeOf(stage) };
  },

  async run() {
    const { outputs } = await import("./infra/outputs.ts");
    await import("./infra/alarms.ts");
    await import("./infra/dashboard.ts");
    return outputs;
  },
});
