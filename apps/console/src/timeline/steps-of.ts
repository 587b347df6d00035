export type StepName = 'dns' | 'connect' | 'tls' | 'firstByte' | 'body';

export interface Step {
  name: StepName;
  ms: number;
}

/** Where the time of a try went, from the times that were kept of it: all but `firstByteMs` and `totalMs` are of a step alone, those two of all until then. */
export function stepsOf(timings: Readonly<Record<string, unknown>>): Step[] {
  const read = (name: string): number => {
    const value = timings[name];
    return typeof value === 'number' && value > 0 ? value : 0;
  };
  const opening = [
    { name: 'dns', ms: read('dnsMs') },
    { name: 'connect', ms: read('connectMs') },
    { name: 'tls', ms: read('tlsMs') },
  ] as const;
  const opened = opening.reduce((sum, { ms }) => sum + ms, 0);
  const firstByteAt = Math.max(read('firstByteMs'), opened);
  const waited = { name: 'firstByte', ms: firstByteAt - opened } as const;
  const body = {
    name: 'body',
    ms: read('firstByteMs') === 0 ? 0 : Math.max(0, read('totalMs') - firstByteAt),
  } as const;
  return [...opening, waited, body].filter(({ ms }) => ms > 0);
}
