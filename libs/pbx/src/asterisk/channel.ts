/** What ARI tells of a channel: one end of a call. */
import { instant, type Instant } from '#domain';
import { fieldsIn, rowsIn, textOf, textOrNull, type Fields } from '../read-reply.js';

export interface AriChannel {
  id: string;
  /** Constant over all channels of a call: by it the PBX's events name the call. */
  callId: string;
  /** `PJSIP` in `PJSIP/101-0000002a`. */
  technology: string;
  /** `101` in it; empty for channels of another shape. */
  endpoint: string;
  /** Asterisk's word: `Ring`, `Ringing`, `Up`. */
  state: string;
  /** Whose end it is, and who is at the other, as the PBX prints them. */
  own: string | null;
  other: string | null;
  /** What it dialled itself. */
  dialled: string | null;
  createdAt: Instant | null;
  correlator: string | null;
}

/** By which we are told our own id of an order again. */
export const CORRELATOR_VARIABLE = 'X_ATT';
const CALL_ID = 'CHANNEL(linkedid)';
/** Halves and helpers that Asterisk makes for itself: nobody sits at them. */
const INNER = new Set(
  [
    'Local',
    'Snoop',
    'Announcer',
    'Recorder',
    'CBAnn',
    'CBRec',
    'Bridge',
    'Surrogate',
    'Message',
    'Multicast',
  ].map((name) => name.toLowerCase()),
);

/** Null for what is no channel. */
export function channelIn(value: unknown): AriChannel | null {
  const fields = fieldsIn(value);
  const id = textOf(fields, 'id');
  if (id === '') return null;
  const name = textOf(fields, 'name');
  const [, technology = '', endpoint = ''] = /^([^/]+)\/(.*?)(?:-[0-9a-f]{8,}(?:;\d)?)?$/i.exec(name) ?? [];
  const variables = fieldsIn(fields?.['channelvars']);
  const created = Date.parse(textOf(fields, 'creationtime').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return {
    id,
    callId: textOrNull(variables, CALL_ID) ?? id,
    technology,
    endpoint,
    state: textOf(fields, 'state'),
    own: numberIn(fields, 'caller'),
    other: numberIn(fields, 'connected'),
    dialled: dialledIn(fields),
    createdAt: Number.isFinite(created) ? instant(created) : null,
    correlator: textOrNull(variables, CORRELATOR_VARIABLE),
  };
}

/** Undefined where it is no list. */
export function channelsIn(value: unknown): AriChannel[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return rowsIn(value)
    .map((row) => channelIn(row))
    .filter((channel) => channel !== null);
}

/** Whether somebody sits at it: a phone, or a line. */
export function isOuter({ technology }: AriChannel): boolean {
  return technology !== '' && !INNER.has(technology.toLowerCase());
}

function numberIn(fields: Fields | null, end: 'caller' | 'connected'): string | null {
  return textOrNull(fieldsIn(fields?.[end]), 'number');
}

/** `s`, `h` and the like are places in the dialplan that nobody dials. */
function dialledIn(fields: Fields | null): string | null {
  const extension = textOf(fieldsIn(fields?.['dialplan']), 'exten');
  return /^[+*#\d]{2,}$/.test(extension) ? extension : null;
}
