import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OverviewDto } from '../api/operations';
import type { ChartTone, ChartUnit } from '../charts/chart-data';
import { valueText } from '../charts/chart-words';
import { Sparkline } from '../charts/sparkline';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import { changeOf } from './change-of';
import { successOf } from './chart-of';
import { callFigures, tryFigures } from './figures';
import { own } from './texts';

/** The four numbers that say whether the week is a good one, each beside that of the week before. */
export function Tiles({
  tenant,
  overview: { calls, deliveries },
}: {
  tenant: string;
  overview: OverviewDto;
}): ReactNode {
  const texts = useOwnTexts(own);
  const days = useQuery(callFigures(tenant, 'week')).data?.buckets ?? [];
  const hours = useQuery(tryFigures(tenant, 'week')).data?.buckets ?? [];
  return (
    <div className="tiles">
      <Tile
        name={texts.calls}
        unit="count"
        better="neither"
        now={calls.week.calls}
        before={calls.weekBefore.calls}
        trend={days.map((day) => day.calls)}
        tone="info"
      />
      <Tile
        name={texts.answerRate}
        about={texts.answerRateAbout}
        unit="share"
        better="more"
        now={calls.week.answerRate}
        before={calls.weekBefore.answerRate}
        trend={days.map(({ answerRate }) => answerRate)}
        tone="good"
      />
      <Tile
        name={texts.success}
        about={texts.successAbout}
        unit="share"
        better="more"
        now={deliveries.week.successRate}
        before={deliveries.weekBefore.successRate}
        trend={hours.map(successOf)}
        tone="good"
      />
      <Tile
        name={texts.p95}
        about={texts.p95About}
        unit="ms"
        better="less"
        now={deliveries.week.answered.p95Ms}
        before={deliveries.weekBefore.answered.p95Ms}
        trend={hours.map(({ p95Ms }) => p95Ms)}
        tone="waiting"
      />
    </div>
  );
}

interface TileProps {
  name: string;
  about?: string;
  unit: ChartUnit;
  better: 'more' | 'less' | 'neither';
  now: number | null;
  before: number | null;
  trend: readonly (number | null)[];
  tone: ChartTone;
}

function Tile({ name, about, unit, better, now, before, trend, tone }: TileProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const change = changeOf(now, before, { unit, better });
  return (
    <div className="tile">
      <Text size="sm" fw={600} component="h2">
        {name}
      </Text>
      <div className="tile-number">
        <bdi className="number">{valueText(now, unit, language)}</bdi>
        {trend.length === 0 ? (
          <Skeleton w="6rem" h={24} visible={false} />
        ) : (
          <Sparkline
            label={texts.trend(name)}
            values={trend}
            tone={tone}
            {...(unit === 'share' ? { range: [0, 1] } : {})}
          />
        )}
      </div>
      <Text size="xs" className={change === undefined ? undefined : TONES[change.verdict]}>
        {change === undefined
          ? texts.before(valueText(before, unit, language))
          : changeText(change, { texts, language })}
      </Text>
      {about !== undefined && (
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      )}
    </div>
  );
}

const TONES = { good: 'tone-good', bad: 'tone-bad', neither: 'tone-quiet' } as const;

function changeText(
  { by, isPoints }: { by: number; isPoints: boolean },
  { texts, language }: { texts: typeof own.en; language: string },
): string {
  if (by === 0) return texts.same;
  const size = Math.abs(by);
  const said = isPoints
    ? texts.points(isolated(new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(size * 100)))
    : isolated(valueText(size, 'share', language));
  return by > 0 ? texts.more(said) : texts.less(said);
}
