import {
  failedConditions,
  matchesEventType,
  notFound,
  type CallEventId,
  type CallId,
  type ConnectionId,
  type EndpointFilter,
  type TenantId,
} from '#domain';
import type { EventRecord, EventRepository } from '#db';
import type { CallEntry } from '#crm';
import { formatNamed, type OutgoingMessage, type Writer, type Writing } from '#formats';
import {
  bodyText,
  hideSecrets,
  matchesPayload,
  newId,
  redactHeaders,
  redactUrl,
  type Clock,
  type TargetPolicy,
} from '#platform';
import {
  KNOWN_EVENT_TYPES,
  TEST_EVENT_TYPE,
  type KnownEventType,
} from '../../event-types/known-event-types.js';
import { sampleEvent } from '../../event-types/sample-event.js';
import { timeText } from '../../http/time-text.js';
import { invalidRequest } from '../../http/validation.pipe.js';
import { checkedSettings } from '../checked-settings.js';
import { checkedUrl } from '../checked-url.js';
import { checkMailWishes, isMail } from '../mail-rules.js';
import type {
  DryRunCode,
  DryRunEntryDto,
  DryRunEventDto,
  DryRunRequestDto,
  EndpointDryRunAnswerDto,
  EndpointDryRunDto,
} from './endpoint-dry-run.dto.js';

/** As much of a body as the delivery log keeps. */
const SHOWN_BYTES = 16 * 1024;
const WHEN_SENT = '[made when it is sent]';
/** What is added to every HTTP request, and is not known before. */
const ADDED = { 'webhook-id': WHEN_SENT, 'webhook-timestamp': WHEN_SENT };

export interface EndpointDryRunDeskParts {
  events: Pick<EventRepository, 'find'>;
  clock: Pick<Clock, 'now'>;
  targets: TargetPolicy;
  /** Where people reach the API; null where the operator did not say. */
  apiUrl: string | null;
}

type TriedEvent = Omit<EventRecord, 'id'> & { id: CallEventId | null };

/** What an endpoint that is not kept would be sent. Nothing leaves the machine. */
export class EndpointDryRunDesk {
  constructor(private readonly parts: EndpointDryRunDeskParts) {}

  /** @throws AppError `request.invalid`; `resource.not_found` for an event that there is not */
  async run(tenant: TenantId, draft: EndpointDryRunDto): Promise<EndpointDryRunAnswerDto> {
    const { format = 'standard', eventTypes, filter = null, formatSettings } = draft;
    const { targets } = this.parts;
    if (isMail(format)) checkMailWishes({ eventTypes });
    const url = checkedUrl(format, draft.url, targets);
    const writer = writerOf(format, checkedSettings(format, formatSettings, { targets }));
    const events = await this.eventsOf(tenant, draft);
    const data = events.map((event): DryRunEventDto => {
      const writing = writer.write({ ...event, id: event.id ?? newId() }, url, this.parts.apiUrl);
      return {
        eventId: event.id,
        type: event.type,
        occurredAt: timeText(event.occurredAt),
        ...verdictOn(event, { eventTypes, filter, format, writing }),
        requests: writing.kind === 'messages' ? writing.messages.map((one) => shown(one, writer)) : [],
        entry: writing.kind === 'entry' ? shownEntry(writing.entry) : null,
      };
    });
    return { data };
  }

  private async eventsOf(tenant: TenantId, draft: EndpointDryRunDto): Promise<TriedEvent[]> {
    const { sample, eventId, latest } = draft;
    if ([sample, eventId, latest].filter((one) => one !== undefined).length > 1) {
      const message = 'at most one of sample, eventId and latest may be given';
      throw invalidRequest([{ field: 'sample', message }]);
    }
    if (latest !== undefined) return this.parts.events.find(tenant, { latest });
    if (eventId === undefined) return [this.sampleOf(sample ?? firstAsked(draft.eventTypes))];
    const found = await this.parts.events.find(tenant, { eventId: eventId.toLowerCase() as CallEventId });
    if (found.length === 0) throw notFound('event');
    return found;
  }

  private sampleOf(type: KnownEventType['type']): TriedEvent {
    const occurredAt = this.parts.clock.now();
    const ids = { call: newId<CallId>(), connection: newId<ConnectionId>() };
    const payload = JSON.stringify(sampleEvent(type, occurredAt, ids));
    return { id: null, type, sequence: 1, occurredAt, payload };
  }
}

function writerOf(format: string, settings: Record<string, unknown>): Writer {
  const prepared = formatNamed(format)?.prepare(settings);
  if (prepared?.ok === true) return prepared.writer;
  throw new Error(`The format ${format} does not take the settings that it gave itself.`);
}

function firstAsked(eventTypes: readonly string[]): KnownEventType['type'] {
  const asked = KNOWN_EVENT_TYPES.map(({ type }) => type).filter((type) =>
    matchesEventType(eventTypes, type),
  );
  return asked.find((type) => type === 'call.ended') ?? asked[0] ?? TEST_EVENT_TYPE;
}

function verdictOn(
  { type, payload }: TriedEvent,
  by: { eventTypes: readonly string[]; filter: EndpointFilter | null; format: string; writing: Writing },
): Pick<DryRunEventDto, 'sent' | 'code' | 'because' | 'params' | 'failedConditions'> {
  const { eventTypes, filter, format, writing } = by;
  const failed = failedConditions(filter, { type, data: JSON.parse(payload) }, matchesPayload);
  const say = (code: DryRunCode, because: string, params = {}) => {
    return { sent: code === 'sent', code, because, params, failedConditions: failed };
  };
  if (!matchesEventType(eventTypes, type)) {
    const because = `It asks for ${eventTypes.join(', ')}, and that does not take ${type}.`;
    return say('event_type.not_asked', because, { type, eventTypes });
  }
  if (failed.length > 0) {
    const because = `The filter does not let it pass: ${failed.join(', ')}.`;
    return say('filter.not_met', because, { conditions: failed });
  }
  if (writing.kind === 'nothing') {
    const because = `The format ${format} has ${writing.reason}.`;
    return say('format.no_message', because, { format, reason: writing.reason });
  }
  return say('sent', 'It would be sent.');
}

function shown(
  { method, url, headers, body }: OutgoingMessage,
  { ownHeaders = {} }: Writer,
): DryRunRequestDto {
  const secrets = Object.values(ownHeaders).flat();
  const added =
    method === 'MAIL' ? {} : { ...ADDED, ...(body === null ? {} : { 'webhook-signature': WHEN_SENT }) };
  return {
    method,
    url: hideSecrets(redactUrl(url), secrets),
    headers: { ...redactHeaders(headers, new Set(Object.keys(ownHeaders))), ...added },
    body:
      body === null ? null : bodyText(Buffer.from(hideSecrets(body, secrets)).subarray(0, SHOWN_BYTES), true),
  };
}

function shownEntry(entry: CallEntry): DryRunEntryDto {
  const { direction, result, talkSeconds, number, subject, body, outcome, activityType, ownerId } = entry;
  return {
    ...{ direction, result, startedAt: timeText(entry.startedAt), talkSeconds, number, subject, body },
    ...{ outcome, activityType, ownerId, recordingUrl: entry.recordingUrl },
  };
}
