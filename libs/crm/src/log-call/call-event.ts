import type { EnrichedCall, Instant } from '#domain';

export interface CallEvent {
  type: string;
  sequence: number;
  occurredAt: Instant;
  call: EnrichedCall;
}
