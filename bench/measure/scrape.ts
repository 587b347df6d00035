/** Counters of a process, as its /metrics shows them. */
export type Counters = ReadonlyMap<string, number>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;

/** Adds up each metric's samples; samples with one of the asked labels are kept apart too, as `name{value}`. */
export function parseMetrics(text: string, ...asked: readonly string[]): Counters {
  const sums = new Map<string, number>();
  const add = (key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value);
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name === undefined) continue;
    add(name, Number(value));
    for (const label of asked) {
      const labelled = new RegExp(`(?:^|,)${label}="([^"]*)"`).exec(labels)?.[1];
      if (labelled !== undefined) add(`${name}{${labelled}}`, Number(value));
    }
  }
  return sums;
}

export async function scrape(url: string): Promise<Counters> {
  const response = await fetch(`${url}/metrics`);
  return parseMetrics(await response.text(), 'statement', 'queue');
}

/** What was counted in between. A process that was restarted counts from 0 again, and is taken to have. */
export function difference(before: Counters, after: Counters): Map<string, number> {
  return new Map(
    [...after].map(([key, value]) => [
      key,
      value - (value >= (before.get(key) ?? 0) ? (before.get(key) ?? 0) : 0),
    ]),
  );
}
