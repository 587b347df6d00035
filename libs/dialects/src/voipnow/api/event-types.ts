/** Our names for the vendor's types of call events, in the order of its numbers. */
const EVENT_NAMES = ['dial_in', 'dial_out', 'hangup', 'answer_in', 'answer_out'] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export function eventNameOf(type: string): EventName | undefined {
  return /^[0-4]$/.test(type) ? EVENT_NAMES[Number(type)] : undefined;
}

/** Undefined for a name that is none of them. */
export function eventTypeOf(name: string): string | undefined {
  const type = EVENT_NAMES.findIndex((known) => known === name);
  return type === -1 ? undefined : String(type);
}
