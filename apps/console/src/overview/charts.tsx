import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { TimeChart } from '../charts/time-chart';
import { Loaded } from '../page/loaded';
import type { CallStatsDto, EndpointsTotalDto } from '../api/operations';
import { useOwnTexts, useTexts } from '../texts/language';
import { answerChart, latencyChart, successChart, volumeChart } from './chart-of';
import { callFigures, tryFigures } from './figures';
import type { Span } from './routes';
import { own } from './texts';

const GROUP = 'overview';

/** What people would rather look at than read. All share cursor and zoom. */
export function Charts({ tenant, span }: { tenant: string; span: Span }): ReactNode {
  const calls = useQuery(callFigures(tenant, span));
  const tries = useQuery(tryFigures(tenant, span));
  return (
    <div className="overview-charts">
      <Loaded query={calls}>{(data) => <CallCharts data={data} />}</Loaded>
      <Loaded query={tries}>{(data) => <TryCharts data={data} />}</Loaded>
    </div>
  );
}

function CallCharts({ data }: { data: CallStatsDto }): ReactNode {
  const { results } = useTexts();
  const texts = useOwnTexts(own);
  const volume = useMemo(() => volumeChart(data, results), [data, results]);
  const answers = useMemo(() => answerChart(data, texts.answerRate), [data, texts]);
  return (
    <>
      <div className="panel">
        <TimeChart name={texts.volume} data={volume} stacked group={GROUP} />
        {!data.complete && <Text size="sm">{texts.incomplete}</Text>}
      </div>
      <div className="panel">
        <TimeChart name={texts.answers} data={answers} group={GROUP} />
      </div>
    </>
  );
}

function TryCharts({ data }: { data: EndpointsTotalDto }): ReactNode {
  const texts = useOwnTexts(own);
  const success = useMemo(() => successChart(data, texts.success), [data, texts]);
  const latency = useMemo(() => latencyChart(data, texts.latencies), [data, texts]);
  return (
    <>
      <div className="panel">
        <TimeChart name={texts.deliveries} data={success} group={GROUP} />
      </div>
      <div className="panel">
        <TimeChart name={texts.latency} data={latency} group={GROUP} />
      </div>
    </>
  );
}
