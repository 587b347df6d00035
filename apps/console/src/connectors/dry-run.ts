import { ask } from '../api/ask';
import type { DryRunEventDto, EndpointDryRunDto, EndpointDto } from '../api/operations';

/** Events that a record of a call is made of. */
export const MAKES_RECORD = ['call.ended', 'call.missed'] as const;

type Which = Pick<EndpointDryRunDto, 'eventId' | 'latest' | 'sample'>;

/** What an endpoint as it is kept would write of events. Nothing is sent. */
export async function dryRun(
  { url, eventTypes, filter, format, formatSettings }: EndpointDto,
  { tenant, signal, ...which }: Which & { tenant: string; signal: AbortSignal },
): Promise<readonly DryRunEventDto[]> {
  const body = { url, eventTypes, filter, format, formatSettings, ...which };
  return (await ask('endpointDryRun.run', { body, tenant, signal })).data;
}
