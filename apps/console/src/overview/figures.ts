import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { nowMs } from '../page/now-ms';
import type { Span } from './routes';

const HOUR_MS = 3_600_000;
const HOURS: Readonly<Record<Span, number>> = { day: 24, week: 168 };
// Bells ring for every call; figures that count all of them are asked for at leisure.
const SOON_MS = 15_000;
const AT_LEISURE_MS = 60_000;

export const overviewOf = (tenant: string) =>
  queryOptions({
    queryKey: ['figures', tenant, 'overview'],
    queryFn: ({ signal }) => ask('overview.get', { tenant, signal }),
    refetchInterval: AT_LEISURE_MS,
  });

/** Calls by the hour of a day or the day of a week, by the clock of whoever looks. */
export const callFigures = (tenant: string, span: Span) =>
  queryOptions({
    queryKey: ['figures', tenant, 'calls', span],
    queryFn: ({ signal }) => {
      const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
      const from = new Date(nowMs() - HOURS[span] * HOUR_MS).toISOString();
      return ask('calls.count', {
        query: { from, by: span === 'day' ? 'hour' : 'day', zone },
        tenant,
        signal,
      });
    },
    refetchInterval: AT_LEISURE_MS,
  });

export const tryFigures = (tenant: string, span: Span) =>
  queryOptions({
    queryKey: ['figures', tenant, 'tries', span],
    queryFn: ({ signal }) => ask('endpointsTotal.total', { query: { hours: HOURS[span] }, tenant, signal }),
    refetchInterval: AT_LEISURE_MS,
  });

export const endpointFigures = (tenant: string) =>
  queryOptions({
    queryKey: ['figures', tenant, 'endpoints'],
    queryFn: ({ signal }) =>
      ask('endpointStats.overview', { query: { hours: 24, limit: 100 }, tenant, signal }),
    refetchInterval: SOON_MS,
  });
