import { anonymousCall, holdsNumber, maskJson, maskNumber, recordingsOf, type NumberTrace } from '#domain';
import type {
  CallTrace,
  ErasedCalls,
  ErasureBook,
  ErasureKeep,
  Erasing,
  FoundAnswer,
  FoundAttempt,
  FoundCall,
  FoundChunk,
  FoundReceipt,
  FoundRow,
  SearchedTable,
} from '#db';

/** Of the key of a call's trace. */
const vendorKey = ({ connectionId, vendorCallId }: FoundCall) => `${connectionId} ${vendorCallId}`;

export interface CallRules {
  trace: NumberTrace;
  keep: ErasureKeep;
  force: boolean;
  /** Nothing is done: what would be is traced and counted. */
  counting: boolean;
}

/** Calls of the number lose all that says whose they were; in others the number is masked. */
export function eraseCalls(calls: readonly FoundCall[], rules: CallRules, book: ErasureBook): Erasing {
  const { trace, keep, force, counting } = rules;
  const traces: CallTrace[] = [];
  const own: ErasedCalls['own'][number][] = [];
  const masked: ErasedCalls['masked'][number][] = [];
  for (const call of calls) {
    if (!call.own) {
      const did = call.did === null ? null : maskNumber(call.did, trace);
      masked.push({ id: call.id, old: call.record, record: maskJson(call.record, trace), did });
      book.count('call', 'masked', 1);
      continue;
    }
    const why = whySpared(call, force, counting);
    traces.push(...tracesOf(call, why !== undefined));
    if (why !== undefined) {
      book.skip({ table: 'call', id: call.id, why });
      continue;
    }
    const record = keep === 'nothing' ? null : JSON.stringify(anonymousCall(call.stored, trace));
    own.push({ id: call.id, record });
    countOwn(call, keep, book);
  }
  if (counting) return { what: 'trace', traces };
  return { what: 'calls', traces, own, masked, pattern: trace.pattern };
}

function countOwn(call: FoundCall, keep: ErasureKeep, book: ErasureBook): void {
  book.count('call', keep === 'nothing' ? 'deleted' : 'masked', 1);
  book.count('call_event', 'deleted', call.events);
  book.count('attempt', 'masked', call.attempts);
  book.recordings(recordingsOf(call.stored));
}

/** What is owed to an endpoint that is not sent to is not thrown away unasked, and a call that goes on is written all the time. */
function whySpared({ open, held }: FoundCall, force: boolean, counting: boolean): string | undefined {
  // Before it begins, an erasure waits for calls that go on.
  if (open && !counting) return 'The call was still going on: erase the number again when it is over.';
  if (held > 0 && !force) {
    return `${String(held)} of its deliveries are held for an endpoint: release them, or erase the number with "force".`;
  }
  return undefined;
}

function tracesOf(call: FoundCall, spared: boolean): CallTrace[] {
  return [
    { kind: 'call', key: call.id, spared },
    { kind: 'vendor', key: vendorKey(call), spared },
    ...call.receipts.map((key): CallTrace => ({ kind: 'receipt', key, spared })),
  ];
}

/** Rows of a table that has nothing particular about it. */
export function eraseRows(
  table: SearchedTable,
  rows: readonly FoundRow[],
  trace: NumberTrace,
  book: ErasureBook,
): Erasing {
  if (table.found === 'report') {
    for (const { key } of rows) {
      const why = 'It belongs to the set-up, which people look after: change it there.';
      book.skip({ table: table.table, id: key.at(-1) ?? '', why });
    }
    return { what: 'nothing' };
  }
  if (table.found === 'delete') {
    book.count(table.table, 'deleted', rows.length);
    return { what: 'delete', table, keys: rows.map(({ key }) => key) };
  }
  book.count(table.table, 'masked', rows.length);
  const types = Object.entries(table.columns);
  const masks = rows.map(({ key, texts }) => ({
    key,
    old: texts,
    masked: types.map(([name, type], at) => {
      const text = texts[at] ?? null;
      if (text === null || !holdsNumber(text, trace)) return text;
      if (table.emptied?.includes(name) === true) return null;
      return type === 'text' ? maskNumber(text, trace) : maskJson(text, trace);
    }),
  }));
  return { what: 'mask', table, rows: masks };
}

export function eraseAttempts(
  attempts: readonly FoundAttempt[],
  trace: NumberTrace,
  book: ErasureBook,
): Erasing {
  book.count('attempt', 'masked', attempts.length);
  const masked = (text: string | null) => (text === null ? null : maskNumber(text, trace));
  return {
    what: 'attempts',
    attempts: attempts.map(({ id, url, error, decision }) => ({
      id,
      url: masked(url),
      error: masked(error),
      decision: maskNumber(decision, trace),
    })),
  };
}

/** One that is still to be read makes or changes a call first: it is for the last look. */
export function eraseReceipts(
  receipts: readonly FoundReceipt[],
  look: 'counting' | 'first' | 'last',
  book: ErasureBook,
): Erasing {
  const gone = receipts.filter(({ due }) => !due || look === 'counting');
  book.count('receipt', 'deleted', gone.length);
  if (look === 'last') {
    for (const { id } of receipts.filter(({ due }) => due)) {
      const why = 'It came while the number was erased and was not read yet: erase the number again.';
      book.skip({ table: 'receipt', id, why });
    }
  }
  return { what: 'receipts', ids: gone.map(({ id }) => id) };
}

/** A contact with no other number is nobody's any more. */
export function erasePhones(rows: readonly FoundRow[], trace: NumberTrace, book: ErasureBook): Erasing {
  const contactOf = ({ key }: FoundRow) => key[0] ?? '';
  const isShared = ({ texts }: FoundRow) => texts[0] === 'true';
  const sole = rows.filter((row) => !isShared(row)).map(contactOf);
  const shared = rows.filter(isShared).map(contactOf);
  book.count('contact', 'deleted', sole.length);
  book.count('contact_phone', 'deleted', rows.length);
  return { what: 'phones', sole, shared, e164s: trace.e164s };
}

/** Digits of a file are masked where they stand: its pieces keep their places. @param chunks  in order */
export function eraseChunks(chunks: readonly FoundChunk[], trace: NumberTrace, book: ErasureBook): Erasing {
  const pieces: ChunkPiece[] = [];
  for (const ofOne of byImport(chunks)) {
    const behind = ofOne.at(-1)?.next ?? Buffer.alloc(0);
    const whole = Buffer.concat([...ofOne.map(({ bytes }) => bytes), behind]);
    // As Latin 1 each byte is one character, and a mask takes the place of a digit.
    const text = whole.toString('latin1');
    const masked = Buffer.from(maskNumber(text, { pattern: trace.bytePattern }), 'latin1');
    let from = 0;
    for (const { importId, at, bytes } of ofOne) {
      const piece = masked.subarray(from, from + bytes.length);
      from += bytes.length;
      if (piece.equals(bytes)) continue;
      pieces.push({ importId, at, bytes: piece });
      book.count('import_chunk', 'masked', 1);
    }
    const last = ofOne.at(-1);
    // The next slice begins with a piece of which a number's end is masked already.
    if (last && !masked.subarray(from).equals(behind)) {
      const at = String(Number(last.at) + last.bytes.length);
      pieces.push({ importId: last.importId, at, bytes: masked.subarray(from) });
    }
  }
  return { what: 'chunks', pieces };
}

type ChunkPiece = Extract<Erasing, { what: 'chunks' }>['pieces'][number];

function byImport(chunks: readonly FoundChunk[]): FoundChunk[][] {
  const groups = new Map<string, FoundChunk[]>();
  for (const chunk of chunks) {
    const group = groups.get(chunk.importId) ?? [];
    group.push(chunk);
    groups.set(chunk.importId, group);
  }
  return [...groups.values()];
}

const ANSWER_KEYS = { table: 'idempotency_key', keys: { actor_id: 'uuid', key: 'text' } } as const;

/** Answers that are kept for whoever repeats a request. @param open  undefined for what cannot be opened any more */
export function eraseAnswers(
  answers: readonly FoundAnswer[],
  {
    trace,
    book,
    open,
  }: { trace: NumberTrace; book: ErasureBook; open: (answer: FoundAnswer) => string | undefined },
): Erasing {
  const gone = answers.filter((answer) => {
    if (answer.named) return true;
    const text = open(answer);
    // Nobody can be given it again either.
    return text === undefined || holdsNumber(text, trace);
  });
  book.count('idempotency_key', 'deleted', gone.length);
  return { what: 'delete', table: ANSWER_KEYS, keys: gone.map(({ actorId, key }) => [actorId, key]) };
}
