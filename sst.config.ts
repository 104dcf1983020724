/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app({ stage }) {
    const { stageOf } = await import("./infra/stage.ts");
    const { readRegion } = await import("./infra/settings.ts");
    const { removal, protect } = stageOf(stage);
    const region = readRegion(process.env);
    return { name: "lucky-lambda", home: "aws", removal, protect, providers: { aws: { region } } };
  },

  async run() {
    const { outputs } = await import("./infra/outputs.ts");
    await import("./infra/alarms.ts");
    await import("./infra/dashboard.ts");
    return outputs;
  },
});
