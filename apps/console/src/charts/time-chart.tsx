import { Button, Group, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { download } from '../page/download';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import { csvOf, extremesOf, totalAt, type ChartData } from './chart-data';
import { ChartTable } from './chart-table';
import { stepOf, timeText, valueText } from './chart-words';
import './charts.css';
import { Swatch } from './swatch';
import { own } from './texts';

const Plot = lazy(async () => ({ default: (await import('./plot')).Plot }));
const HEIGHT_PX = 200;
/** Tells spreadsheets that a file is UTF-8. */
const BOM = '\uFEFF';

export interface TimeChartProps {
  name: string;
  /** Give the same object as long as nothing has changed: it is drawn anew for another. */
  data: ChartData;
  /** Bars on top of each other, for what adds up; lines otherwise. */
  stacked?: boolean;
  /** Charts of the same group share cursor and zoom: those of one page that show the same times. */
  group: string;
  /** In pixels. */
  height?: number;
}

/** What changes over time, to look at, to read as a table, and to take away as CSV. */
export function TimeChart({
  name,
  data,
  stacked = false,
  group,
  height = HEIGHT_PX,
}: TimeChartProps): ReactNode {
  const texts = useOwnTexts(own);
  const summary = useSummary(data, stacked);
  const [isTable, setTable] = useState(false);
  const [isPart, setPart] = useState(false);
  const [pointed, point] = useState<number | null>(null);
  return (
    <figure className="chart">
      <Head name={name} data={data} isTable={isTable} show={setTable}>
        {isPart && !isTable && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              void import('./key-step').then(({ showAll }) => {
                showAll(group);
              })
            }
          >
            {texts.showAll}
          </Button>
        )}
      </Head>
      <Text size="sm" c="dimmed">
        {summary ?? texts.none}
      </Text>
      {isTable ? (
        <ChartTable name={name} data={data} height={height} />
      ) : (
        summary !== undefined && (
          <>
            <Legend data={data} isStacked={stacked} at={pointed} />
            <Suspense fallback={<div style={{ blockSize: height }} aria-busy />}>
              <Plot
                {...{ data, group, height, point }}
                isStacked={stacked}
                zoomed={setPart}
                label={`${name}. ${summary} ${texts.keys}`}
              />
            </Suspense>
          </>
        )
      )}
    </figure>
  );
}

interface HeadProps {
  name: string;
  data: ChartData;
  isTable: boolean;
  show: (table: boolean) => void;
  children: ReactNode;
}

function Head({ name, data, isTable, show, children }: HeadProps): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Group component="figcaption" justify="space-between" gap="xs">
      <Title order={2} size="h5">
        {name}
      </Title>
      <Group gap={4}>
        {children}
        <Button
          size="compact-xs"
          variant="default"
          aria-label={(isTable ? texts.chartOf : texts.tableOf)(name)}
          onClick={() => {
            show(!isTable);
          }}
        >
          {isTable ? texts.asChart : texts.asTable}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={texts.csvOf(name)}
          onClick={() => {
            download(BOM + csvOf(data, texts.time), `${name}.csv`, 'text/csv;charset=utf-8');
          }}
        >
          {texts.csv}
        </Button>
      </Group>
    </Group>
  );
}

/** What the series are, and what they were at the time below the cursor. */
function Legend({
  data,
  isStacked,
  at,
}: {
  data: ChartData;
  isStacked: boolean;
  at: number | null;
}): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { times, series, unit } = data;
  const time = at === null ? undefined : times[at];
  return (
    <ul className="chart-legend number">
      {series.map(({ label, tone, values }) => (
        <li key={label}>
          <Swatch tone={tone} isLine={!isStacked} />
          <bdi>{label}</bdi>
          {at !== null && (
            <b>
              <bdi>{valueText(values[at], unit, language)}</bdi>
            </b>
          )}
        </li>
      ))}
      {at !== null && time !== undefined && (
        <li className="chart-when">
          {isStacked &&
            series.length > 1 &&
            `${texts.total} ${valueText(totalAt(data, at), unit, language)} · `}
          <bdi>{timeText(time, stepOf(times), language)}</bdi>
        </li>
      )}
    </ul>
  );
}

/** A chart in a sentence; undefined where it has no number. */
function useSummary(data: ChartData, isStacked: boolean): string | undefined {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const found = extremesOf(data, isStacked);
  if (found === undefined || (isStacked && found.total === 0)) return undefined;
  const say = (value: number): string => isolated(valueText(value, data.unit, language));
  const { total, most, least, last } = found;
  const named = data.series.length > 1 ? `${data.series[0]?.label ?? ''}: ` : '';
  return isStacked
    ? texts.counted(say(total), say(most.value), isolated(timeText(most.at, stepOf(data.times), language)))
    : named + texts.measured(say(last.value), say(least.value), say(most.value));
}
