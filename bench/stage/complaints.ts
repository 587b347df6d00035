/**
 * Sums up a process's log: alike lines once, the most frequent first, e.g. `12 x error request.failed (no partition)`.
 *
 * @param lines  pino's JSON lines; a line of any other shape (a stack, say) counts as itself
 */
export function complaintsIn(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const said = gist(line);
    if (said !== '') counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([said, count]) => `${String(count)} x ${said}`);
}

interface LogLine {
  level?: string;
  event?: string;
  msg?: string;
  detail?: string;
  err?: { message?: string };
}

function gist(line: string): string {
  try {
    const { level = '', event, msg, detail, err } = JSON.parse(line) as LogLine;
    const why = err?.message ?? detail;
    return `${level} ${event ?? msg ?? ''}${why === undefined ? '' : ` (${why})`}`;
  } catch {
    return line.trim();
  }
}
