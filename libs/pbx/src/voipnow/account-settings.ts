/** What a tenant says of its VoipNow: where it is, and as whom we ask. */
import { baseUrl, problemsOfSettings, textSetting } from '../account-urls.js';
import type { AccountField, DriverAccount } from '../driver.js';

export interface AccountSettings {
  /** Before `/uapi`, without a slash at its end. */
  baseUrl: string;
  /** As whom we ask: `@me`, `@owner`, `@viewer`, or the id of a user. */
  userId: string;
  /** Before the asterisk of extended numbers, `0003` in `0003*210`; null where orders name whole ones. */
  organisation: string | null;
  /** Pays for calls between two numbers outside, which only an extension of type Callback can place. */
  callbackExtension: string | null;
  /** A phone terminal that pays for calls of which neither party is one. */
  chargedExtension: string | null;
  /** An extension of type Conference, by which numbers are invited into rooms. */
  conferenceExtension: string | null;
  /** Extensions of type Queue, in which an agent is logged in, out or paused where no queue is named. */
  queues: readonly string[];
}

export const FIELDS: readonly AccountField[] = [
  { name: 'url', what: 'Address of the VoipNow server, e.g. https://pbx.example.com.', ...plain(true) },
  {
    name: 'user_id',
    what: 'As whom calls are placed: @me, @owner, @viewer, or the id of a user.',
    ...plain(false),
    byDefault: '@me',
  },
  {
    name: 'organisation',
    what: 'What stands before the asterisk of extended numbers, e.g. 0003; short extensions are completed with it.',
    ...plain(false),
  },
  {
    name: 'callback_extension',
    what: 'An extension of type Callback, for calls between two numbers outside.',
    ...plain(false),
  },
  {
    name: 'charged_extension',
    what: 'A phone terminal that is charged for a call in which no phone terminal is named.',
    ...plain(false),
  },
  {
    name: 'conference_extension',
    what: 'An extension of type Conference, by which numbers are invited into rooms.',
    ...plain(false),
  },
  {
    name: 'queues',
    what: 'Queue extensions, separated by commas, in which an agent is set where no queue is named.',
    ...plain(false),
  },
  { name: 'client_id', what: 'The key of an app that is registered with VoipNow.', ...secret(true) },
  { name: 'client_secret', what: 'The secret of that app.', ...secret(true) },
  { name: 'conference_pin', what: 'The PIN of the conference rooms, where they have one.', ...secret(false) },
];

const EXTENSION = /^\d{1,12}(\*\d{1,12})?$/;
const SHAPES = {
  user_id: [/^(@me|@owner|@viewer|[\w-]{1,64})$/, 'It is @me, @owner, @viewer, or the id of a user.'],
  organisation: [/^\d{1,12}$/, 'It is digits, as before the asterisk of an extended number.'],
  callback_extension: [EXTENSION, 'It is an extension, such as 0003*210.'],
  charged_extension: [EXTENSION, 'It is an extension, such as 0003*210.'],
  conference_extension: [EXTENSION, 'It is an extension, such as 0003*210.'],
  queues: [/^\s*\d[\d*]*(\s*,\s*\d[\d*]*)*\s*$/, 'It is extensions, separated by commas, such as 0003*801.'],
} as const;
type Shaped = keyof typeof SHAPES;

/** Sentences about what cannot be, by the field's name; empty for none. */
export function problemsOf(settings: DriverAccount['settings']): { field: string; reason: string }[] {
  const shaped = Object.entries(SHAPES).flatMap(([field, [shape, reason]]) => {
    const value = settings[field];
    return typeof value === 'string' && value !== '' && !shape.test(value) ? [{ field, reason }] : [];
  });
  return [...problemsOfSettings(settings, FIELDS), ...shaped];
}

/** Null where they have a problem: nothing may be sent by them then. */
export function accountSettings(settings: DriverAccount['settings']): AccountSettings | null {
  if (problemsOf(settings).length > 0) return null;
  const text = (name: Shaped) => textSetting({ settings }, name, FIELDS) || null;
  return {
    baseUrl: baseUrl({ settings }, 'url', FIELDS),
    userId: text('user_id') ?? '@me',
    organisation: text('organisation'),
    callbackExtension: text('callback_extension'),
    chargedExtension: text('charged_extension'),
    conferenceExtension: text('conference_extension'),
    queues: (text('queues') ?? '').split(',').flatMap((queue) => queue.trim() || []),
  };
}

/** `0003*210` for `210` of the organisation `0003`; whatever is extended already stays so. */
export function extended(extension: string, { organisation }: Pick<AccountSettings, 'organisation'>): string {
  return organisation === null || !/^\d+$/.test(extension) ? extension : `${organisation}*${extension}`;
}

function plain(required: boolean) {
  return { secret: false, required };
}

function secret(required: boolean) {
  return { secret: true, required };
}
