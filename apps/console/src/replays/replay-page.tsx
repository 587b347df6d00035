import { Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ReplayDetailDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { ReasonText } from '../reasons/reason-text';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { progressOf, STATUSES } from './replay-draft';
import './replays.css';
import { own } from './texts';

const FROM = '/shell/t/$tenant/replays/$replayId';
/** While it goes on; doorbells of its deliveries ring more often. */
const LOOK_MS = 3_000;

/** How far a replay is, what became of what it sent, and cancelling it. */
export function ReplayPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant, replayId } = useParams({ from: FROM });
  const replay = useQuery({
    queryKey: ['replays', tenant, replayId],
    queryFn: ({ signal }) => ask('replays.get', { path: { id: replayId }, tenant, signal }),
    refetchInterval: ({ state: { data } }) => (data === undefined || isOver(data) ? false : LOOK_MS),
  });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/replays" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <Loaded query={replay}>{(data) => <Shown replay={data} tenant={tenant} />}</Loaded>
    </Stack>
  );
}

function isOver({ state, waiting }: ReplayDetailDto): boolean {
  return (state === 'done' || state === 'cancelled') && waiting === 0;
}

function Shown({ replay, tenant }: { replay: ReplayDetailDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const total = `${number.format(replay.total)}${replay.totalExact ? '' : '+'}`;
  const path = { id: replay.id };
  return (
    <>
      <PageHead title={texts.head(texts.kinds[replay.kind])}>
        <Text fw={600}>{texts.states[replay.state]}</Text>
        {replay.state === 'running' && (
          <ActionButton
            label={texts.cancel}
            color="red"
            confirm={texts.cancelAsk(number.format(Math.max(replay.waiting, replay.total - replay.queued)))}
            act={() => ask('replays.cancel', { path, tenant })}
            stale={[['replays', tenant]]}
          />
        )}
      </PageHead>
      <div>
        <Progress size="lg" value={progressOf(replay)} aria-label={texts.progress} />
        <Text size="sm" role="status" mt={4}>
          {texts.made(number.format(replay.queued), total)}
        </Text>
      </div>
      <div className="replay-parts">
        {(['delivered', 'waiting', 'dead', 'skipped'] as const).map((part) => (
          <div key={part} className={PART_TONES[part]}>
            {texts[part]} <b>{number.format(replay[part])}</b>
          </div>
        ))}
      </div>
      <TextLink to="/t/$tenant/deliveries" params={{ tenant }} search={{ replayId: replay.id }}>
        {texts.deliveries}
      </TextLink>
      {replay.reason !== null && (
        <Text size="sm">
          <ReasonText words={replay.reason} code={replay.reasonCode} params={replay.reasonParams} />
        </Text>
      )}
      <ReplayFacts replay={replay} tenant={tenant} />
    </>
  );
}

const PART_TONES = {
  delivered: 'tone-good',
  waiting: 'tone-waiting',
  dead: 'tone-bad',
  skipped: 'tone-quiet',
} as const;

function ReplayFacts({ replay, tenant }: { replay: ReplayDetailDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { list } = useTexts();
  const { from, to, number, eventTypes, status, reason, callId } = replay.filter;
  return (
    <Facts
      of={{
        [texts.ordered]: <TimeText at={replay.createdAt} exact />,
        [texts.finished]: replay.finishedAt === null ? undefined : <TimeText at={replay.finishedAt} exact />,
        [texts.rate]: (
          <span className="number">{new Intl.NumberFormat(language).format(replay.ratePerMinute)}</span>
        ),
        [texts.endpoint]:
          replay.endpointId === null ? (
            texts.all
          ) : (
            <TextLink
              to="/t/$tenant/endpoints/$endpointId"
              params={{ tenant, endpointId: replay.endpointId }}
            >
              <bdi>{replay.endpointId}</bdi>
            </TextLink>
          ),
        [list.from]: typeof from === 'string' ? <TimeText at={from} exact /> : undefined,
        [list.to]: typeof to === 'string' ? <TimeText at={to} exact /> : undefined,
        [texts.event]: said(Array.isArray(eventTypes) ? eventTypes.join(', ') : undefined),
        [texts.number]: said(number),
        [texts.status]:
          STATUSES.find((one) => one === status && one !== 'any' && replay.kind === 'events') === undefined
            ? undefined
            : texts.statuses[status as ReplayStatus],
        [texts.reason]: said(reason),
        [texts.call]:
          typeof callId === 'string' ? (
            <TextLink to="/t/$tenant/calls/$callId" params={{ tenant, callId }}>
              {texts.ofCall}
            </TextLink>
          ) : undefined,
      }}
    />
  );
}

type ReplayStatus = (typeof STATUSES)[number];

/** A member of the filter that says something. */
function said(value: unknown): ReactNode {
  return typeof value === 'string' && value !== '' ? <bdi>{value}</bdi> : undefined;
}
