/** Looks through PostgreSQL's log at the plans by which the product's sessions work, while they do. */
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { PlanBook, TELL_PLANS } from '../plans/plan-book.js';
import type { Ask } from './fill.js';

const TELL_NAMES = { log_statement: 'all', log_parameter_max_length: '0' };
const TELLING = { ...TELL_PLANS, ...TELL_NAMES };
/** A server takes over its settings in a moment. */
const HEARD_MS = 500;

export interface SeenStatements {
  book: PlanBook;
  /** By name. */
  texts: Map<string, string>;
}

/**
 * @param logFile  of the server
 * @param meanwhile  makes the product work; each session tells the plan that it has, not one that is made for us
 */
export async function plansWhile(
  { ask, logFile }: { ask: Ask; logFile: string },
  meanwhile: () => Promise<void>,
): Promise<SeenStatements> {
  const from = (await readFrom(logFile, Number.MAX_SAFE_INTEGER)).end;
  try {
    for (const [name, value] of Object.entries(TELLING)) await ask(`ALTER SYSTEM SET ${name} = '${value}'`);
    await ask('SELECT pg_reload_conf()');
    await delay(HEARD_MS);
    await meanwhile();
  } finally {
    for (const name of Object.keys(TELLING)) await ask(`ALTER SYSTEM RESET ${name}`);
    await ask('SELECT pg_reload_conf()');
    await delay(HEARD_MS);
  }
  return statementsIn((await readFrom(logFile, from)).text);
}

/** An entry of the log begins with a time and the session; what follows on further lines is indented by a tab. */
const ENTRY = /^\d{4}-\d\d-\d\d \S+ \S+ \[(\d+)\] LOG: {2}([^\n]*(?:\n\t[^\n]*)*)/gm;
const NAMED = /^execute ([a-z_]+(?:\.[a-z_]+)+): ([^]*)$/;

export function statementsIn(log: string): SeenStatements {
  const book = new PlanBook();
  const texts = new Map<string, string>();
  for (const [, session, lines = ''] of log.matchAll(ENTRY)) {
    const message = lines.replaceAll('\n\t', '\n');
    const [, name, text] = NAMED.exec(message) ?? [];
    if (name !== undefined && text !== undefined) {
      texts.set(name, text);
      book.named(name, text);
    } else book.told(session, message);
  }
  return { book, texts };
}

async function readFrom(file: string, from: number): Promise<{ text: string; end: number }> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.min(from, size);
    const { buffer } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return { text: buffer.toString(), end: size };
  } finally {
    await handle.close();
  }
}
