import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { TextLink } from '../app/text-link';
import { nowMs } from '../page/now-ms';
import { PageHead } from '../page/page-head';
import { ProblemNotice } from '../app/problem-notice';
import { clockText } from '../texts/durations';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { AgentTable } from './agent-table';
import { agentsByTrouble, queuesByTrouble, type AgentRow, type QueueRow } from './by-trouble';
import { queueKeyOf } from './live-board';
import { QueueTable } from './queue-table';
import { own } from './texts';
import { useAges } from './use-ages';
import { useBoard } from './use-board';
import { usePeople, useQueueNames, useToday } from './use-directory';
import './wallboard.css';

const FROM = '/shell/t/$tenant/live';

/** What goes on now: who waits, who talks. With `?tv=1` for a screen on the wall. */
export function WallboardPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const { tv } = useSearch({ from: FROM });
  const root = useRef<HTMLDivElement>(null);
  const { list } = useTexts();
  const { queues, agents, heardAt, problem, isKnown, isComplete } = useRows(tenant);
  useAges(root, heardAt);
  const link = { to: '/t/$tenant/live', params: { tenant }, size: 'sm' } as const;
  return (
    <Stack gap="md" ref={root} className={tv === 1 ? 'wallboard wallboard-tv' : 'wallboard'}>
      <PageHead title={texts.title}>
        <TextLink {...link} search={tv === 1 ? {} : { tv: 1 }}>
          {tv === 1 ? texts.leaveTv : texts.tv}
        </TextLink>
      </PageHead>
      <p className="wallboard-age" role="status">
        {texts.old} <bdi data-age /> {texts.ago}
      </p>
      {problem !== null && <ProblemNotice error={problem} />}
      <div className="wallboard-figures">
        {isKnown ? (
          <>
            <Totals queues={queues} agents={agents} />
            <section aria-label={texts.queues}>
              <QueueTable rows={queues} />
            </section>
            <section aria-label={texts.agents}>
              <AgentTable rows={agents} tenant={tenant} linked={tv !== 1} />
            </section>
          </>
        ) : (
          problem === null && <Skeleton h={240} role="status" aria-label={list.loading} />
        )}
        {!isComplete && (
          <Text size="sm" c="dimmed">
            {texts.incomplete}
          </Text>
        )}
      </div>
    </Stack>
  );
}

function useRows(tenant: string) {
  const { board, heardAt, isLive } = useBoard(tenant);
  const people = usePeople(tenant);
  const names = useQueueNames(tenant);
  const today = useToday(tenant);
  const counts = today.data;
  // A quiet house tells nothing: that the server still answers says that there is nothing to tell.
  useEffect(() => {
    if (isLive && counts !== undefined) heardAt.current = nowMs();
  }, [isLive, counts, heardAt, today.dataUpdatedAt]);
  const queues = useMemo(() => {
    const of = (counts?.queues ?? []).map(
      ({ connectionId, queueId, ...rest }) => [queueKeyOf({ connectionId, id: queueId }), rest] as const,
    );
    return queuesByTrouble({ now: board.queues, names, today: new Map(of) });
  }, [board.queues, names, counts]);
  const agents = useMemo(() => {
    const of = new Map((counts?.agents ?? []).map(({ agentId, ...rest }) => [agentId, rest]));
    return agentsByTrouble({ people: people.data ?? [], board, today: of });
  }, [board, people.data, counts]);
  return {
    ...{ queues, agents, heardAt },
    problem: people.error ?? today.error,
    // Nothing yet is not the same as not known yet.
    isKnown: board.isKnown && people.data !== undefined && counts !== undefined,
    isComplete: counts?.complete !== false,
  };
}

function Totals({ queues, agents }: { queues: readonly QueueRow[]; agents: readonly AgentRow[] }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const sum = (of: (row: QueueRow) => number): number => queues.reduce((all, row) => all + of(row), 0);
  const waiting = sum((row) => row.waiting);
  const longest = queues[0]?.longestSince ?? null;
  const free = agents.filter(({ word }) => word === 'free').length;
  return (
    <Group component="dl" className="wallboard-totals" gap="lg">
      <Total name={texts.waiting} tone={waiting > 0 ? 'tone-waiting' : undefined}>
        {number.format(waiting)}
      </Total>
      <Total name={texts.longestNow}>
        {longest === null ? clockText(0) : <bdi key={longest} data-since={longest} />}
      </Total>
      <Total name={texts.answered}>{number.format(sum((row) => row.answered))}</Total>
      <Total name={texts.abandoned}>{number.format(sum((row) => row.abandoned))}</Total>
      <Total name={texts.free}>{texts.of(number.format(free), number.format(agents.length))}</Total>
    </Group>
  );
}

function Total({
  name,
  tone,
  children,
}: {
  name: string;
  tone?: string | undefined;
  children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={tone}>{children}</dd>
    </div>
  );
}
