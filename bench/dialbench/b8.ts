/**
 * B8: weeks in which clocks change, people in six zones, and numbers that are put on the do-not-call list while the campaign runs.
 * The shipped `mayDial` and `nextTry` decide; a witness who knows the clocks on the walls counts what they got wrong.
 */
import {
  DEFAULT_DIAL_RULES,
  DEFAULT_RETRY,
  instant,
  mayDial,
  nextTry,
  zonesOf,
  type DialGate,
  type DialQuestion,
  type DialRules,
  type Instant,
  type Listing,
  type TryResult,
} from '#domain';
import { people, type Person } from './b8-people.js';
import { B8_WEEKS, type Week } from './b8-weeks.js';
import { witness, type Witness } from './b8-witness.js';

export interface B8Options {
  seed: number;
  leads: number;
}

export interface B8Week {
  name: string;
  dials: number;
  /** Called outside the hours, or on the holiday, by the clock on the wall; has to be 0. */
  outOfWindow: number;
  /** Called although the number was on the list; has to be 0. */
  doNotCall: number;
  /** Put on the list in mid-run, beginnings of numbers included. */
  listedInRun: number;
  /** The hours on the walls in which the first and the last calls of a day were. */
  hours: [first: number, last: number];
  /** How often a gate said no. */
  refused: Partial<Record<DialGate, number>>;
}

export interface B8Result {
  dials: number;
  outOfWindow: number;
  doNotCall: number;
  /** How often the rules were asked. */
  asked: number;
  weeks: B8Week[];
}

interface Lead {
  person: Person;
  dueAt: Instant;
  notBefore: Instant | null;
  attempts: Instant[];
  state: 'waiting' | 'done' | 'given_up';
}

interface Run {
  rules: DialRules;
  leads: Lead[];
  listed: { numbers: Set<string>; beginnings: string[] };
  witness: Witness;
  chance: () => number;
  refused: Partial<Record<DialGate, number>>;
}

const MINUTE = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;
/** Every so often somebody asks not to be called again. */
const LISTING_MINUTES = 45;

const FATES: readonly (readonly [share: number, result: TryResult])[] = [
  [0.45, 'missed'],
  [0.65, 'voicemail'],
  [0.8, 'busy'],
  [0.9, 'failed'],
  [0.93, 'abandoned'],
  [1, 'answered'],
];

export function runB8({ seed, leads }: B8Options): B8Result {
  const weeks = B8_WEEKS.map((week, index) => runWeek(week, leads, seed + index));
  const sum = (of: (week: B8Week) => number) => weeks.reduce((total, week) => total + of(week), 0);
  const dials = sum((week) => week.dials);
  return {
    dials,
    outOfWindow: sum((week) => week.outOfWindow),
    doNotCall: sum((week) => week.doNotCall),
    asked: dials + sum(({ refused }) => Object.values(refused).reduce((all, each) => all + each, 0)),
    weeks,
  };
}

function runWeek(week: Week, count: number, seed: number): B8Week {
  const from = Date.parse(`${week.from}T00:00:00Z`);
  const run: Run = {
    rules: { ...DEFAULT_DIAL_RULES, packs: ['us-federal', 'uk'], holidays: [week.holiday], maxAttempts: 20 },
    leads: people(count).map((person) => ({
      person,
      dueAt: instant(from),
      notBefore: null,
      attempts: [],
      state: 'waiting',
    })),
    listed: { numbers: new Set(), beginnings: [] },
    witness: witness(week.holiday),
    chance: seeded(seed),
    refused: {},
  };
  for (let minute = 0; minute < WEEK_MINUTES; minute += 1) {
    const at = instant(from + minute * MINUTE + Math.floor(run.chance() * MINUTE));
    if (minute % LISTING_MINUTES === 0) listSomebody(run, at);
    for (const lead of run.leads) if (lead.state === 'waiting' && lead.dueAt <= at) ask(run, lead, at);
  }
  const { dials, outOfWindow, doNotCall, firstHour, lastHour } = run.witness.counts;
  return {
    name: week.name,
    dials,
    outOfWindow,
    doNotCall,
    listedInRun: run.listed.numbers.size + run.listed.beginnings.length,
    hours: [firstHour, lastHour],
    refused: run.refused,
  };
}

/** Mostly one number, now and then all that begin like it. */
function listSomebody({ leads, listed, witness: seen, chance }: Run, at: Instant): void {
  const phone = leads[Math.floor(chance() * leads.length)]?.person.phone ?? '';
  if (chance() < 0.9) {
    listed.numbers.add(phone);
    seen.forbids(phone, at);
  } else {
    const beginning = phone.slice(0, -1);
    listed.beginnings.push(beginning);
    seen.forbids(`${beginning}*`, at);
  }
}

function ask(run: Run, lead: Lead, at: Instant): void {
  const said = mayDial(questionOf(run, lead, at));
  if (!said.may) {
    run.refused[said.gate] = (run.refused[said.gate] ?? 0) + 1;
    if (said.nextAt === null) lead.state = 'given_up';
    else lead.dueAt = said.nextAt;
    return;
  }
  const { person } = lead;
  run.witness.sees({ phone: person.phone, livesIn: person.livesIn, at });
  lead.attempts.unshift(at);
  const drawn = run.chance();
  const result = FATES.find(([share]) => drawn < share)?.[1] ?? 'answered';
  const next = nextTry(DEFAULT_RETRY, {
    result,
    attempt: lead.attempts.length,
    now: at,
    chance: run.chance(),
    zones: zonesOf(person),
  });
  if ('over' in next) lead.state = next.over === 'answered' ? 'done' : 'given_up';
  else lead.dueAt = lead.notBefore = next.again;
}

function questionOf({ rules, listed }: Run, lead: Lead, now: Instant): DialQuestion {
  const { phone, region, postal, zone } = lead.person;
  return {
    now,
    rules,
    campaign: { state: 'running', automated: false },
    lead: {
      phone,
      region,
      postal,
      zone,
      consentAt: null,
      attempts: lead.attempts.length,
      notBefore: lead.notBefore,
      state: lead.state,
    },
    attempts: lead.attempts,
    lastDropAt: null,
    lastTalkAt: null,
    listed: listingOf(listed, phone),
    registryCheckedAt: null,
    callerId: null,
  };
}

function listingOf({ numbers, beginnings }: Run['listed'], phone: string): Listing | null {
  if (numbers.has(phone)) return 'tenant';
  return beginnings.some((beginning) => phone.startsWith(beginning)) ? 'prefix' : null;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
