/** How one kind of message is written in a mapping. */
import {
  CALL_RESULTS,
  DIRECTIONS,
  LEG_PHASES,
  note,
  quoted,
  shapes,
  under,
  type DocumentShape,
} from '#domain';
import { path } from './path-shape.js';
import type { NamedSource, ReadyChoice, ReadyReply, ReadyShape, ReadySource } from './ready-mapping.js';
import { reply } from './reply-shape.js';
import { conditions, sourceShapes, type Allowed, type Tables } from './source-shapes.js';
import { lengths, times } from './time-shapes.js';

const { flag, isObject, members, named, or, text } = shapes;

const MOST_CUSTOM = 50;
const NOTHING: ReadySource = [];
const NOBODY: NamedSource = { code: null, name: null };
const PLAIN: ReadyChoice = {
  at: [],
  is: null,
  join: null,
  with: '-',
  if: [],
  take: [],
  words: null,
  otherwise: null,
};

/** @param tables  of words that it may name */
export function shapeShape(tables: Tables): DocumentShape<ReadyShape> {
  const read = members<ReadyShape>({ ...tellingMembers(tables), ...partyMembers(tables), ...TIMES });
  return (value, at) => {
    const shape = read(value, at);
    if (!isObject(value) || shape.quiet) return shape;
    if (shape.call.length === 0 && value['call'] === undefined) {
      note(
        under(at, 'call'),
        'This is missing: where the id of the call stands. What tells of no call is quiet.',
      );
    }
    if (shape.phase.length === 0 && value['phase'] === undefined) {
      note(under(at, 'phase'), `This is missing: what became of the call, one of ${PHASES}.`);
    }
    return shape;
  };
}

const PHASES = LEG_PHASES.map(quoted).join(', ');
const TIMES = {
  startedAt: times,
  answeredAt: times,
  endedAt: times,
  toldAt: times,
  ringSeconds: lengths,
  queueSeconds: lengths,
  talkSeconds: lengths,
  menuSeconds: lengths,
  totalSeconds: lengths,
};

function maybeIn(tables: Tables): (allowed?: Allowed) => DocumentShape<ReadySource> {
  const { source } = sourceShapes(tables);
  return (allowed = null) => or<ReadySource, ReadySource>(source(allowed), NOTHING);
}

/** What a message is about, and what it tells of it. */
function tellingMembers(tables: Tables) {
  const { source } = sourceShapes(tables);
  const maybe = maybeIn(tables);
  const phase: DocumentShape<ReadySource> = (value, at) => {
    const word = LEG_PHASES.find((one) => one === value);
    if (word !== undefined) return [{ ...PLAIN, is: word }];
    if (typeof value !== 'string') return maybe(LEG_PHASES)(value, at);
    note(at, `${quoted(value)} is no phase: ${PHASES}, or where to look for its word.`);
    return NOTHING;
  };
  return {
    name: text({ max: 100 }),
    when: conditions,
    quiet: or(flag, false),
    each: or(path, null),
    skip: conditions,
    phase,
    call: maybe(),
    leg: maybe(),
    direction: maybe(DIRECTIONS),
    status: maybe(),
    type: maybe(),
    result: or<ReadySource, null>(source(CALL_RESULTS), null),
    recordings: maybe(),
    price: or(members<NonNullable<ReadyShape['price']>>({ amount: source(), currency: source() }), null),
    transferOf: maybe(),
    custom: customShape(source()),
    ai: or(path, null),
    reply: or<ReadyReply, null>(reply(['url', 'reason'], { min: 200, max: 299 }), null),
  };
}

/** Who is concerned. */
function partyMembers(tables: Tables) {
  const { source } = sourceShapes(tables);
  const maybe = maybeIn(tables);
  return {
    from: maybe(),
    to: maybe(),
    ours: maybe(),
    theirs: maybe(),
    did: maybe(),
    extension: maybe(),
    agent: namedSource('code', source()),
    queue: namedSource('id', source()),
    department: namedSource('id', source()),
  };
}

/** Somebody or something with a key and a name. */
function namedSource(key: 'code' | 'id', source: DocumentShape<ReadySource>): DocumentShape<NamedSource> {
  const maybe = or<ReadySource, null>(source, null);
  const read = members<Record<string, ReadySource | null>>({ [key]: maybe, name: maybe });
  return (value, at) => {
    if (value === undefined || value === null) return NOBODY;
    const given = read(value, at);
    return { code: given[key] ?? null, name: given['name'] ?? null };
  };
}

function customShape(source: DocumentShape<ReadySource>): DocumentShape<ReadyShape['custom']> {
  const byName = named(source, {
    max: MOST_CUSTOM,
    name: /^[^\s.][^.]{0,63}$/u,
    says: '1 to 64 characters without a dot',
  });
  return (value, at) => {
    if (value === undefined || value === null) return [];
    return typeof value === 'string' ? path(value, at) : Object.entries(byName(value, at));
  };
}
