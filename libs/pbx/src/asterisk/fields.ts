/** What a tenant says of its Asterisk: how its phones, its numbers and its dialplan are called. FreePBX's names are the defaults. */
import { problemsOfSettings, textSetting } from '../account-urls.js';
import type { AccountField, DriverAccount } from '../driver.js';
import { textField as text } from '../text-field.js';

export const FIELDS: readonly AccountField[] = [
  text(
    'context',
    'The part of the dialplan in which orders are dialled, as if an extension had dialled them.',
    {
      byDefault: 'from-internal',
    },
  ),
  text('technology', 'What the channels of extensions begin with.', { byDefault: 'PJSIP' }),
  text(
    'extension_dial',
    'How the phone of an extension is rung; {extension} and {technology} are filled in.',
    {
      byDefault: '{technology}/{extension}',
    },
  ),
  text(
    'number_dial',
    'How a number is called that is rung first; {number} and {context} are filled in, e.g. PJSIP/{number}@trunk.',
    { byDefault: 'Local/{number}@{context}/n' },
  ),
  text('trunk_dial', 'How a trunk is called that is rung first; {trunk} and {technology} are filled in.', {
    byDefault: '{technology}/{trunk}',
  }),
  text(
    'trunks',
    'Endpoints that are no extensions although they are called by 2 to 6 digits, separated by commas.',
  ),
  text('queue_context', 'Where queues are dialled, if not in the context of orders.'),
  text('conference_context', 'Where conference rooms are dialled, if not in the context of orders.'),
  text('rooms', 'Whose conference rooms are: of the dialplan, or ours, which need nothing there.', {
    values: ['dialplan', 'ours'],
    byDefault: 'dialplan',
  }),
  text('announce_context', 'Where announcements are played by the dialplan, if not by us.'),
  text('feed', 'Whether the PBX is asked every few seconds which phones are registered.', {
    values: ['off', 'on'],
    byDefault: 'off',
  }),
  text('app', 'The name of our Stasis application, as in ari.conf.', { byDefault: 'switchhook' }),
  text('caller_id', 'Digits that are shown to customers where an order does not say which.'),
  text('id_header', 'The SIP header that tells a phone the id of its call.', {
    byDefault: 'X-IVR-UNIQUE-ID',
  }),
  text('record_format', 'In which recordings are made.', {
    values: ['wav', 'gsm', 'g722', 'ulaw'],
    byDefault: 'wav',
  }),
];

const WORD = /^[\w.-]{1,80}$/;
const TECHNOLOGY = /^[A-Za-z][\w-]{0,31}$/;
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
/** One channel: what is joined by `&` would ring several, of which only one has our id. */
const ONE_CHANNEL = /^[^\s&,]{1,200}$/;
const SHAPES: Readonly<Record<string, readonly [shape: RegExp, reason: string]>> = {
  context: [WORD, 'It is the name of a context, such as from-internal.'],
  technology: [TECHNOLOGY, 'It is the name of a technology, such as PJSIP.'],
  extension_dial: [filled('extension'), 'It is one dial string with {extension}, such as PJSIP/{extension}.'],
  number_dial: [filled('number'), 'It is one dial string with {number}, such as PJSIP/{number}@trunk.'],
  trunk_dial: [filled('trunk'), 'It is one dial string with {trunk}, such as PJSIP/{trunk}.'],
  trunks: [/^[\w.-]+(\s*,\s*[\w.-]+)*$/, 'It is the names of endpoints, separated by commas.'],
  queue_context: [WORD, 'It is the name of a context.'],
  conference_context: [WORD, 'It is the name of a context.'],
  announce_context: [WORD, 'It is the name of a context.'],
  app: [WORD, 'It is the name of a Stasis application, such as switchhook.'],
  caller_id: [/^\+?\d{2,20}$/, 'It is digits.'],
  id_header: [HEADER, 'It is the name of a SIP header, such as X-IVR-UNIQUE-ID.'],
};

/** Sentences about what cannot be, by the field's name; empty for none. */
export function problemsOf(settings: DriverAccount['settings']): { field: string; reason: string }[] {
  const general = problemsOfSettings(settings, FIELDS);
  const shaped = Object.entries(SHAPES).flatMap(([field, [shape, reason]]) => {
    const value = settings[field];
    return typeof value === 'string' && value !== '' && !shape.test(value) ? [{ field, reason }] : [];
  });
  return [...general, ...shaped];
}

export type SettingName =
  'context' | 'technology' | 'app' | 'caller_id' | 'id_header' | 'record_format' | 'rooms';

export function setting(account: Pick<DriverAccount, 'settings'>, name: SettingName): string {
  return textSetting(account, name, FIELDS);
}

/** Of queues, rooms or announcements; null where nothing is said. */
export function ownContext(
  account: Pick<DriverAccount, 'settings'>,
  name: 'queue_context' | 'conference_context' | 'announce_context',
): string | null {
  return textSetting(account, name, FIELDS) || null;
}

/** A dial string with its blanks filled in. */
export function dialString(
  account: Pick<DriverAccount, 'settings'>,
  name: 'extension_dial' | 'number_dial' | 'trunk_dial',
  values: Readonly<Record<string, string>>,
): string {
  const known: Readonly<Record<string, string>> = {
    ...{ technology: setting(account, 'technology'), context: setting(account, 'context') },
    ...values,
  };
  return textSetting(account, name, FIELDS).replace(
    /\{(\w+)\}/g,
    (blank, word: string) => known[word] ?? blank,
  );
}

const SHORT_NUMBER = /^\d{2,6}$/;

/** Whether an endpoint of that name is an extension's, and no trunk. */
export function isExtension(account: Pick<DriverAccount, 'settings'>, endpoint: string): boolean {
  const trunks = textSetting(account, 'trunks', FIELDS).split(',');
  return SHORT_NUMBER.test(endpoint) && !trunks.some((trunk) => trunk.trim() === endpoint);
}

function filled(word: string): RegExp {
  return new RegExp(`^(?=.*\\{${word}\\})${ONE_CHANNEL.source.slice(1)}`);
}
