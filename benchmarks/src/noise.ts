import { type Figures, type MetricName, metrics, noiseIn } from "./figures.ts";
import { toPercent } from "./number.ts";

/** How noisy each measure was, in one line; none where no identical handlers were timed. */
export function noiseLine(figures: Figures): readonly string[] {
  const measured = Object.keys(figures) as MetricName[]; // those that figures has
  const parts = measured.flatMap((metric) => {
    const noise = /^size|^table\..*ed$/.test(metric) ? undefined : noiseIn(figures, metric);
    return noise === undefined ? [] : [`${metrics[metric].title} ${toPercent(noise)}`];
  });
  return parts.length === 0 ? [] : [`Noise, by two identical handlers: ${parts.join("; ")}.`];
}
