/** What a tenant wants logged in a CRM, and how: data, kept with the endpoint's settings. */
import { CALL_RESULTS, SettingsReader, isRecord, readPieces, type Problem } from '#domain';
import type { Connector } from '../connector.js';

export const LOGGED_DIRECTIONS = ['inbound', 'outbound', 'both'] as const;
export const LANGUAGES = ['en', 'he'] as const;
export type Language = (typeof LANGUAGES)[number];
/**
 * - `incremental`: logged when it ends, and changed when a recording or a note comes
 * - `once`: logged when its recording is there, at the latest `waitMinutes` after its end, and never changed: for CRMs in which
 *   our user may create but not edit
 */
export const LOG_MODES = ['incremental', 'once'] as const;
/** For whom a contact is made that nobody knows: nobody, callers who were answered and people we called, missed callers too. */
export const CONTACT_CREATION = ['never', 'answered', 'missed_too'] as const;
/** Which of several contacts with the number it is logged on; `ask`: on none, and people choose. */
export const CONTACT_CHOICES = ['updated_last', 'created_first', 'ask'] as const;

export interface LoggingPolicy {
  directions: (typeof LOGGED_DIRECTIONS)[number];
  answered: boolean;
  missed: boolean;
  /** Calls with less talk are not logged; missed ones are not meant. Seconds. */
  shortestTalk: number;
  /** Numbers outside that are never logged: E.164, or its beginning with a `*` behind it. */
  exceptNumbers: readonly string[];
  mode: (typeof LOG_MODES)[number];
  /** Of `once`: how long it waits for a recording. */
  waitMinutes: number;
  language: Language;
  /** With `{{ placeholders }}`; empty: ours, in the tenant's language. */
  subject: string;
  body: string;
  /** Our result of a call to the CRM's word for an outcome. */
  outcomes: Readonly<Record<string, string>>;
  /** The CRM's kind of activity; empty: the connector's choice. */
  activityType: string;
  choose: (typeof CONTACT_CHOICES)[number];
  createContacts: (typeof CONTACT_CREATION)[number];
  /** Name of a contact that is made, with `{{ placeholders }}`. */
  contactName: string;
  /** Whose a call is: an agent's e-mail, code, extension or id to the CRM's id of its user. */
  owners: Readonly<Record<string, string>>;
  /** Whose it is where no agent is mapped and the contact has no owner; empty: whoever connected. */
  defaultOwner: string;
  taskOnMissed: boolean;
  /** After the call. */
  taskDueMinutes: number;
}

const MOST_ENTRIES = 2_000;
const LONGEST_TEMPLATE = 4_000;
const NUMBER_PATTERN = /^\+\d{2,15}\*?$/;

/** Reads the policy member by member; what is left out has its default. */
export function readLoggingPolicy(
  given: unknown,
  connector: Pick<Connector, 'update' | 'outcomes' | 'activityTypes'>,
): { policy: LoggingPolicy; problems: readonly Problem[] } {
  const reader = new SettingsReader(given, 'logging');
  const policy: LoggingPolicy = {
    directions: reader.choice('directions', LOGGED_DIRECTIONS, 'both'),
    answered: reader.flag('answered', true),
    missed: reader.flag('missed', true),
    shortestTalk: reader.count('shortestTalk', { min: 0, max: 3_600, byDefault: 0 }),
    exceptNumbers: numbersIn(reader),
    mode: reader.choice('mode', LOG_MODES, connector.update === 'none' ? 'once' : 'incremental'),
    waitMinutes: reader.count('waitMinutes', { min: 0, max: 24 * 60, byDefault: 10 }),
    language: reader.choice('language', LANGUAGES, 'en'),
    subject: template(reader, 'subject'),
    body: template(reader, 'body'),
    outcomes: outcomesIn(reader, connector.outcomes),
    activityType: oneOf(reader, 'activityType', connector.activityTypes),
    choose: reader.choice('choose', CONTACT_CHOICES, 'updated_last'),
    createContacts: reader.choice('createContacts', CONTACT_CREATION, 'never'),
    contactName: template(reader, 'contactName'),
    owners: words(reader, 'owners', undefined),
    defaultOwner: reader.text('defaultOwner', { max: 200 }),
    taskOnMissed: reader.flag('taskOnMissed', false),
    taskDueMinutes: reader.count('taskDueMinutes', { min: 0, max: 7 * 24 * 60, byDefault: 60 }),
  };
  return { policy, problems: reader.finish() };
}

function template(reader: SettingsReader, name: string): string {
  const text = reader.text(name, { max: LONGEST_TEMPLATE });
  const reading = readPieces(text);
  if (!reading.ok) reader.complain(name, `${reading.problem} (character ${String(reading.position)}).`);
  return text;
}

function numbersIn(reader: SettingsReader): readonly string[] {
  const given = reader.value('exceptNumbers') ?? [];
  const isList = Array.isArray(given) && given.length <= MOST_ENTRIES;
  if (isList && given.every((one) => typeof one === 'string' && NUMBER_PATTERN.test(one))) {
    return given as string[];
  }
  const shape = 'E.164 numbers such as +97235551234, or beginnings such as +9723*';
  reader.complain('exceptNumbers', `This must be a list of at most ${String(MOST_ENTRIES)} ${shape}.`);
  return [];
}

const NO_PLACE = 'The CRM has no place for this.';

function outcomesIn(reader: SettingsReader, of: readonly string[] | undefined): LoggingPolicy['outcomes'] {
  const outcomes = words(reader, 'outcomes', of);
  const unknown = Object.keys(outcomes).find((name) => !CALL_RESULTS.some((result) => result === name));
  if (unknown !== undefined) {
    const message = `No call has this result. There are: ${CALL_RESULTS.join(', ')}.`;
    reader.complain(`outcomes.${unknown}`, message);
  }
  return outcomes;
}

/** An object of texts. @param of  the words that the CRM has, where it has a list */
function words(
  reader: SettingsReader,
  name: string,
  of: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const given = reader.value(name) ?? {};
  const entries = isRecord(given) ? Object.entries(given) : undefined;
  if (
    entries === undefined ||
    entries.length > MOST_ENTRIES ||
    entries.some(([, word]) => typeof word !== 'string')
  ) {
    reader.complain(name, 'This must be an object of texts.');
    return {};
  }
  const unknown = entries.find(([, word]) => of !== undefined && !of.includes(word as string));
  if (unknown) {
    const message =
      of?.length === 0 ? NO_PLACE : `The CRM has no such word. It has: ${of?.join(', ') ?? ''}.`;
    reader.complain(`${name}.${unknown[0]}`, message);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function oneOf(reader: SettingsReader, name: string, of: readonly string[] | undefined): string {
  const word = reader.text(name, { max: 200 });
  if (word !== '' && of !== undefined && !of.includes(word)) {
    reader.complain(name, of.length === 0 ? NO_PLACE : `This must be one of: ${of.join(', ')}.`);
  }
  return word;
}
