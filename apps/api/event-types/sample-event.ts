import { CALL_EVENT_TYPES, type CallEventType, type CallId, type ConnectionId, type Instant } from '#domain';
import { sampleCall } from '../endpoints/sample-call.js';
import { callExamples } from './call-examples.js';
import { KNOWN_EVENT_TYPES, TEST_EVENT_TYPE, type KnownEventType } from './known-event-types.js';

/**
 * Data of a test event, as one of this type could have them now. Of a call that nobody else has: a receiver that has seen
 * the last test must not take this one for its repetition.
 */
export function sampleEvent(
  type: KnownEventType['type'],
  now: Instant,
  ids: { call: CallId; connection: ConnectionId },
): Record<string, unknown> {
  if (type === TEST_EVENT_TYPE) return { ...sampleCall(now, ids) };
  if (isOfCalls(type)) {
    const vendorCallId = `sample-${ids.call}`;
    return { ...callExamples(now, { id: ids.call, connectionId: ids.connection, vendorCallId })[type] };
  }
  return { ...KNOWN_EVENT_TYPES.find((known) => known.type === type)?.example };
}

function isOfCalls(type: string): type is CallEventType {
  return (CALL_EVENT_TYPES as readonly string[]).includes(type);
}
