/** What a simulated CRM needs to know of a webhook: which event it is, of which call, and its place among that call's events. */

export interface DeliveryFacts {
  /** The event's id; empty when the format has none. */
  eventId: string;
  /** Such as `call.ended`; empty when the format has none. */
  type: string;
  /** The PBX's own id of the call; empty when the event is of no call. */
  callId: string;
  /** 1, 2, ... within the call; null when the format does not say. */
  sequence: number | null;
  /** When the event happened, milliseconds since 1970; null when the format does not say. */
  occurredMs: number | null;
}

const NOTHING: DeliveryFacts = { eventId: '', type: '', callId: '', sequence: null, occurredMs: null };
const XMLRPC_CALL_ID = /<name>ivruniqueid<\/name>\s*<value>\s*(?:<string>)?([^<]*)/i;
const CALL_ID_NAMES = ['vendorCallId', 'ivruniqueid', 'CallAPIID', 'CallID', 'callid'];

/** Reads the standard format and, for dialect formats, the vendor's call id. Text that it cannot read gives empty facts. */
export function readDelivery(body: string): DeliveryFacts {
  if (body.startsWith('{')) return readJson(body);
  if (body.startsWith('<')) return { ...NOTHING, callId: XMLRPC_CALL_ID.exec(body)?.[1] ?? '' };
  const form = new URLSearchParams(body);
  const name = CALL_ID_NAMES.find((key) => form.has(key));
  return { ...NOTHING, callId: (name === undefined ? null : form.get(name)) ?? '' };
}

function readJson(body: string): DeliveryFacts {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return NOTHING;
  }
  if (!isRecord(event)) return NOTHING;
  const data = isRecord(event.data) ? event.data : event;
  const call = isRecord(data.call) ? data.call : data;
  const sequence = event.sequence ?? data.sequence ?? call.sequence;
  const happened = typeof event.timestamp === 'string' ? Date.parse(event.timestamp) : NaN;
  return {
    eventId: text(event.id),
    type: text(event.type),
    callId: CALL_ID_NAMES.map((name) => text(call[name])).find((id) => id !== '') ?? '',
    sequence: typeof sequence === 'number' ? sequence : null,
    occurredMs: Number.isNaN(happened) ? null : happened,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
