import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { DeliveryDetailDto, NewReplayDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { CopyLink } from '../list/copy-link';
import { TimeText } from '../list/time-text';
import { useZone } from '../list/zone';
import { momentText } from '../list/zoned-time';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { PageHead } from '../page/page-head';
import { useNow } from '../page/use-now';
import { ReasonText } from '../reasons/reason-text';
import { ResendButton } from '../resend/resend-button';
import { durationText } from '../texts/durations';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { STATE_TONES } from './delivery-filters';
import { likeOrder } from './like-order';
import { own } from './texts';
import { whatFollows } from './what-follows';

interface DeliveryHeadProps {
  delivery: DeliveryDetailDto;
  tenant: string;
  /** Milliseconds since 1970: what is known is of then. */
  asOf: number;
}

/** State, reason, what follows and when, and what to press. */
export function DeliveryHead({ delivery, tenant, asOf }: DeliveryHeadProps): ReactNode {
  const { deliveryStates } = useTexts();
  const texts = useOwnTexts(own);
  const { reason, reasonCode, reasonParams, state } = delivery;
  const isRetryable = state === 'dead' || state === 'held' || state === 'skipped';
  return (
    <Stack gap="sm">
      <PageHead title={texts.head(isolated(delivery.eventType))}>
        <Text fw={600} className={STATE_TONES[state]}>
          {deliveryStates[state]}
        </Text>
        {isRetryable && (
          <ActionButton
            label={texts.retry}
            confirm={texts.retryAsk}
            act={() => ask('deliveries.retry', { path: { id: delivery.id }, tenant })}
            done={texts.retried}
            stale={[['deliveries', tenant]]}
          />
        )}
        {state === 'dead' && <RetryLike order={likeOrder(delivery)} tenant={tenant} />}
        <CopyLink />
      </PageHead>
      <div className="follows">
        {reason !== null && (
          <Text>
            <ReasonText words={reason} code={reasonCode} params={reasonParams} />
          </Text>
        )}
        <Text>
          <b>{texts.follows}:</b> <Follows delivery={delivery} asOf={asOf} />
        </Text>
      </div>
      <DeliveryFacts delivery={delivery} tenant={tenant} />
    </Stack>
  );
}

function RetryLike({ order, tenant }: { order: NewReplayDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { zone } = useZone();
  return (
    <ResendButton
      label={texts.retryLike}
      tenant={tenant}
      order={() => order}
      about={texts.retryLikeAbout(momentText(order.from, language, false, zone))}
    />
  );
}

const SECOND_MS = 1_000;

function Follows({ delivery, asOf }: { delivery: DeliveryDetailDto; asOf: number }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { zone } = useZone();
  const now = useNow(delivery.state === 'due', asOf);
  const follows = whatFollows(delivery, now);
  switch (follows.kind) {
    case 'due': {
      const left = durationText(Math.ceil(follows.leftMs / SECOND_MS) * SECOND_MS, language);
      return texts.followsDue(momentText(follows.at, language, true, zone), left);
    }
    case 'first':
      return texts.followsFirst;
    case 'now':
      return texts.followsNow;
    case 'held':
      return texts.followsHeld;
    case 'dead':
      return texts.followsDead;
    case 'delivered':
      return texts.followsDelivered;
    case 'skipped':
      return texts.followsSkipped;
  }
}

function DeliveryFacts({ delivery, tenant }: { delivery: DeliveryDetailDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { callId, replayId, endpointId } = delivery;
  const endpoint = useQuery({
    queryKey: ['endpoints', tenant, endpointId],
    queryFn: ({ signal }) => ask('endpoints.get', { path: { id: endpointId }, tenant, signal }),
    // It may be gone.
    retry: false,
    staleTime: 60_000,
  });
  return (
    <Facts
      of={{
        [texts.endpoint]: (
          <TextLink to="/t/$tenant/endpoints/$endpointId" params={{ tenant, endpointId }}>
            <bdi>{endpoint.data?.name ?? endpointId}</bdi>
          </TextLink>
        ),
        [texts.created]: <TimeText at={delivery.createdAt} exact />,
        [texts.next]: delivery.dueAt === null ? undefined : <TimeText at={delivery.dueAt} exact />,
        [texts.finished]:
          delivery.finishedAt === null ? undefined : <TimeText at={delivery.finishedAt} exact />,
        [texts.tries]: <span className="number">{delivery.attemptCount}</span>,
        [texts.call]:
          callId === null ? undefined : (
            <TextLink to="/t/$tenant/calls/$callId" params={{ tenant, callId }}>
              {texts.openCall}
            </TextLink>
          ),
        [texts.replay]:
          replayId === null ? undefined : (
            <TextLink to="/t/$tenant/replays/$replayId" params={{ tenant, replayId }}>
              {texts.openReplay}
            </TextLink>
          ),
        [texts.id]: <span dir="ltr">{delivery.id}</span>,
      }}
    />
  );
}
