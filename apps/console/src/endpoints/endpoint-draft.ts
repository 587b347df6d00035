import type { EndpointDryRunDto, EndpointDto, EndpointPatchDto, NewEndpointDto } from '../api/operations';

type Format = EndpointDto['format'];

/** An endpoint as a form has it. */
export interface EndpointDraft {
  name: string;
  url: string;
  format: Format;
  formatSettings: Readonly<Record<string, unknown>>;
  eventTypes: readonly string[];
  filter: Readonly<Record<string, unknown>> | null;
  ratePerMinute: number | null;
  rateBurst: number;
  concurrency: number;
  timeoutMs: number;
  scheduleMs: readonly number[] | null;
  ordered: boolean;
  disableAfterHours: number | null;
  backlogAlertMinutes: number | null;
  note: string | null;
}

export const NEW_DRAFT: EndpointDraft = {
  name: '',
  url: '',
  format: 'standard',
  formatSettings: {},
  eventTypes: ['call.*'],
  filter: null,
  ratePerMinute: null,
  rateBurst: 1,
  concurrency: 10,
  timeoutMs: 15_000,
  scheduleMs: null,
  ordered: true,
  disableAfterHours: 120,
  backlogAlertMinutes: 15,
  note: null,
};

export const DRAFT_FIELDS = Object.keys(NEW_DRAFT) as (keyof EndpointDraft)[];

export function draftOf(endpoint: EndpointDto): EndpointDraft {
  return Object.fromEntries(DRAFT_FIELDS.map((name) => [name, endpoint[name]])) as unknown as EndpointDraft;
}

export function newBody(draft: EndpointDraft, signatures: readonly ('v1' | 'v1a')[]): NewEndpointDto {
  return { ...draft, ...(draft.format === 'email' ? {} : { signatures }) };
}

/** Only what was changed: what somebody else changes meanwhile stays. */
export function patchBody(before: EndpointDraft, draft: EndpointDraft): EndpointPatchDto {
  const changed = DRAFT_FIELDS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(draft[name]));
  return Object.fromEntries(changed.map((name) => [name, draft[name]]));
}

/** Until a URL is typed the rest can be looked at all the same. */
const SOME_URL = 'https://crm.example/hook';

export type Tried = Pick<EndpointDryRunDto, 'sample' | 'latest' | 'eventId'>;

export function dryRunBody(draft: EndpointDraft, tried: Tried): EndpointDryRunDto {
  const { format, formatSettings, eventTypes, filter } = draft;
  const url = draft.url === '' ? (format === 'email' ? 'mailto:someone@example.com' : SOME_URL) : draft.url;
  return { url, format, formatSettings, eventTypes, filter, ...tried };
}
