/** The policy for whoever makes a form of it: each member, what it may be, and what it is when it is left out. */
import type { Connector } from '../connector.js';
import {
  CONTACT_CHOICES,
  CONTACT_CREATION,
  LANGUAGES,
  LOGGED_DIRECTIONS,
  LOG_MODES,
  readLoggingPolicy,
  type LoggingPolicy,
} from './logging-policy.js';

/**
 * - `choice`: one of `values`
 * - `count`: a whole number, from `min` to `max`
 * - `template`: text with `{{ placeholders }}`
 * - `numbers`: a list of E.164 numbers, or of beginnings with a `*` behind them
 * - `words`: an object of texts; where there are `values`, each of its texts is one of them
 */
export const POLICY_MEMBER_KINDS = [
  'choice',
  'flag',
  'count',
  'text',
  'template',
  'numbers',
  'words',
] as const;

export interface PolicyMember {
  name: keyof LoggingPolicy;
  kind: (typeof POLICY_MEMBER_KINDS)[number];
  about: string;
  /** Null: anything of its kind. */
  values: readonly string[] | null;
  min: number | null;
  max: number | null;
  byDefault: unknown;
}

type Shape = Pick<PolicyMember, 'kind' | 'about'> & Partial<Pick<PolicyMember, 'values' | 'min' | 'max'>>;

const DAY_MINUTES = 24 * 60;

const SHAPES: Readonly<Record<keyof LoggingPolicy, Shape>> = {
  directions: { kind: 'choice', values: LOGGED_DIRECTIONS, about: 'Which calls are logged.' },
  answered: { kind: 'flag', about: 'Whether answered calls are.' },
  missed: { kind: 'flag', about: 'Whether calls that nobody answered are.' },
  shortestTalk: {
    ...{ kind: 'count', min: 0, max: 3_600 },
    about: 'Answered calls with less talk are not logged: seconds.',
  },
  exceptNumbers: {
    kind: 'numbers',
    about: 'Numbers that are never logged, such as +97235551234, or beginnings such as +9723*.',
  },
  mode: {
    ...{ kind: 'choice', values: LOG_MODES },
    about:
      '`incremental`: logged when it ends, and changed when a recording or a note comes. `once`: logged when its recording is ' +
      'there, and never changed.',
  },
  waitMinutes: {
    ...{ kind: 'count', min: 0, max: DAY_MINUTES },
    about: 'With `once`: for how long it waits for a recording.',
  },
  language: { kind: 'choice', values: LANGUAGES, about: 'Of our own words.' },
  subject: { kind: 'template', about: 'The title of a record; empty: ours.' },
  body: { kind: 'template', about: 'Its text; empty: ours.' },
  outcomes: { kind: 'words', about: 'A result of a call to the word that the CRM has for it.' },
  activityType: { kind: 'text', about: 'The kind of activity in the CRM; empty: the usual one.' },
  choose: {
    ...{ kind: 'choice', values: CONTACT_CHOICES },
    about: 'Whose a call is where several contacts have the number. `ask`: nobody’s, until a person says so.',
  },
  createContacts: {
    ...{ kind: 'choice', values: CONTACT_CREATION },
    about: 'For whom a contact is made whom nobody knows.',
  },
  contactName: { kind: 'template', about: 'Name of a contact that is made; empty: its number.' },
  owners: {
    kind: 'words',
    about: 'An agent’s e-mail, code, extension or id to the id of the CRM’s user whose calls they are.',
  },
  defaultOwner: {
    kind: 'text',
    about: 'The CRM’s user whose a call is where neither the agent nor the contact says; empty: yours.',
  },
  taskOnMissed: { kind: 'flag', about: 'Whether a missed call makes a task to call back.' },
  taskDueMinutes: {
    ...{ kind: 'count', min: 0, max: 7 * DAY_MINUTES },
    about: 'When that is due, after the call.',
  },
};

/** @returns in the order in which people decide it */
export function policyForm(
  connector: Pick<Connector, 'update' | 'outcomes' | 'activityTypes'>,
): PolicyMember[] {
  const { policy } = readLoggingPolicy(undefined, connector);
  const own: Partial<Record<keyof LoggingPolicy, readonly string[] | undefined>> = {
    outcomes: connector.outcomes,
    activityType: connector.activityTypes,
  };
  const shapes = Object.entries(SHAPES) as [keyof LoggingPolicy, Shape][];
  return shapes.map(([name, { kind, about, values, min, max }]) => ({
    ...{ name, kind, about },
    values: own[name] ?? values ?? null,
    ...{ min: min ?? null, max: max ?? null },
    byDefault: policy[name],
  }));
}
