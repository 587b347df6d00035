/** A call as the API shows it. */
export interface ShownCall {
  id: string;
  direction: string;
  result: string;
  from: { original: string };
  to: { original: string };
  extension: string | null;
  talkSeconds: number | null;
  state: string;
}

/** A line for each call of the real PBX that is over, once. */
export class CallLines {
  private readonly told = new Set<string>();

  /** How many calls there was a line of. */
  get count(): number {
    return this.told.size;
  }

  /** @param latest  the newest first, as the API lists them. @returns lines of those that are over since it was asked last, the oldest first */
  of(latest: readonly ShownCall[]): string[] {
    const over = latest.filter(({ id, state }) => state === 'ended' && !this.told.has(id));
    for (const { id } of over) this.told.add(id);
    return over.reverse().map(lineOf);
  }
}

function lineOf({ direction, from, to, result, extension, talkSeconds }: ShownCall): string {
  const by = extension === null ? '' : ` by ${extension}`;
  const talk = talkSeconds === null ? '' : `, ${String(Math.round(talkSeconds))} s`;
  return `asterisk   ${direction.padEnd(8)} ${from.original} -> ${to.original} ${result}${by}${talk}`;
}
