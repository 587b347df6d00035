/** The table inside the settings of an endpoint, changed row by row. */
import { type Problem, SettingsReader, isRecord } from '#domain';
import { readTable } from './read-table.js';
import type { CallEventTable } from './table.js';

/** @returns undefined for settings that a newer build wrote and this one cannot read */
export function tableIn(settings: Readonly<Record<string, unknown>>): CallEventTable | undefined {
  const reader = readerOf(settings);
  const table = readTable(reader);
  return reader.problems.length === 0 ? table : undefined;
}

/** The settings with this table in them. */
export function withTable(
  settings: Readonly<Record<string, unknown>>,
  { nextEventId, rows }: CallEventTable,
): Record<string, unknown> {
  return { ...settings, nextEventId, rows };
}

/** What is wrong with one row of a table, by the rules of the settings, with the paths of its own members. */
export function problemsWithRow({ nextEventId, rows }: CallEventTable, eventId: number): Problem[] {
  const own = `rows.${rows.findIndex((row) => row.eventId === eventId)}.`;
  const reader = readerOf({ nextEventId, rows });
  readTable(reader);
  return reader.problems
    .filter(({ path }) => path.startsWith(own))
    .map(({ path, message }) => ({ path: path.slice(own.length), message }));
}

/**
 * Whoever sends a whole table without its counter, or with an older one, must not have event ids given a second time.
 *
 * @param given  settings as they came, to take the place of `before`
 */
export function keepingCount(given: unknown, before: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(given)) return given;
  const [own, old] = [given['nextEventId'] ?? 1, before['nextEventId']];
  // A counter that is no number is complained of by whoever reads the settings.
  if (typeof own !== 'number' || typeof old !== 'number') return given;
  return { ...given, nextEventId: Math.max(own, old) };
}

function readerOf(settings: Readonly<Record<string, unknown>>): SettingsReader {
  const { nextEventId, rows } = settings;
  return new SettingsReader({ nextEventId, rows });
}
