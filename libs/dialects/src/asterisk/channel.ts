/** A channel as ARI shows it: each event has it whole, as it was then. */
import { readWrittenTime } from '../content/written-time.js';
import { rawText } from '../content/scalars.js';
import { readVendorId } from '../content/read-vendor-id.js';

export interface Channel {
  /** Asterisk's own, or whatever whoever ordered it chose. */
  id: string;
  /** `PJSIP/101-0000002a`. */
  name: string;
  /** `PJSIP`. */
  technology: string;
  /** What stands between the technology and the number of the channel: `101`, a trunk's name. */
  endpoint: string;
  /** `Down`, `Ring` (it calls), `Ringing` (it is called), `Up` and others. */
  state: string;
  /** `CHANNEL(linkedid)`: the id of the call's first channel, which names the call. */
  callId: string;
  caller: { number: string; name: string };
  connected: { number: string; name: string };
  context: string;
  extension: string;
  /** What the dialplan does with it. Of a channel that is being called: `AppDial`, `AppQueue` or `AppDial2`. */
  app: string;
  appData: string;
  /** By the PBX's clock, epoch ms. */
  createdAt: number | null;
  /** Those that `channelvars` in ari.conf names, beside the linked id; empty ones left out. */
  variables: Readonly<Record<string, string>>;
}

export type ChannelReading = { ok: true; channel: Channel } | { ok: false; reason: string };

const LINKED_ID = 'CHANNEL(linkedid)';

export const NO_LINKED_ID =
  'The event does not say which call it is of: ari.conf lacks the line channelvars = CHANNEL(linkedid).';

/** One odd member costs nothing but itself; only without both ids there is no telling which call it is of. */
export function readChannel(value: unknown): ChannelReading {
  const fields = objectOf(value);
  const id = readVendorId(fields['id'], 'id of the channel').id;
  if (id === null) return { ok: false, reason: 'The channel of the event has no id.' };
  const variables = objectOf(fields['channelvars']);
  const callId = readVendorId(variables[LINKED_ID], LINKED_ID).id;
  if (callId === null) return { ok: false, reason: NO_LINKED_ID };
  const name = textOf(fields['name']);
  const dialplan = objectOf(fields['dialplan']);
  return {
    ok: true,
    channel: {
      id,
      name,
      ...partsOf(name),
      state: textOf(fields['state']),
      callId,
      caller: personIn(fields['caller']),
      connected: personIn(fields['connected']),
      context: textOf(dialplan['context']),
      extension: textOf(dialplan['exten']),
      app: textOf(dialplan['app_name']),
      appData: textOf(dialplan['app_data']),
      createdAt: timeOf(fields['creationtime']),
      variables: textsIn(variables),
    },
  };
}

/** Epoch ms of a time as ARI writes it; null for anything else. */
export function timeOf(value: unknown): number | null {
  const written = readWrittenTime(rawText(value).trim());
  return written === null ? null : Math.round(written.epochSeconds * 1000);
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export function textOf(value: unknown): string {
  return rawText(value).trim();
}

/** A dialled trunk may have the number in its name, and some technologies a second dash: the last one counts. */
function partsOf(name: string): Pick<Channel, 'technology' | 'endpoint'> {
  const slash = name.indexOf('/');
  if (slash < 0) return { technology: '', endpoint: '' };
  const rest = name.slice(slash + 1).replace(/<\w+>$/, '');
  const dash = rest.lastIndexOf('-');
  return { technology: name.slice(0, slash), endpoint: dash < 0 ? rest : rest.slice(0, dash) };
}

function personIn(value: unknown): { number: string; name: string } {
  const { number, name } = objectOf(value);
  return { number: textOf(number), name: textOf(name) };
}

function textsIn(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  const told = Object.entries(variables)
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter(([name, value]) => name !== LINKED_ID && value !== '');
  return Object.fromEntries(told);
}
