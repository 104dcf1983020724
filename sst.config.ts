/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  // SST shows no error that is thrown here, so mistakes are reported in run(), before anything is made.
  async app({ stage }) {
    const { name } = await import("./package.json");
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
