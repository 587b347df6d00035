import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { DeliveryDetailDto, Operations } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { TextLink } from '../app/text-link';
import { JsonText } from '../json/json-text';
import { ActionButton } from '../page/action-button';
import { durationText } from '../texts/durations';
import { listWords } from '../list/list-words';
import { ReasonText } from '../reasons/reason-text';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';

export type TestType = NonNullable<Operations['endpoints.test']['body']['type']>;

const LOOK_EVERY_MS = 500;

interface LiveTestProps {
  id: string;
  tenant: string;
  type: TestType;
}

/** Sends a test event, waits for what becomes of it, and shows the answer. */
export function LiveTest({ id, tenant, type }: LiveTestProps): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const [sent, setSent] = useState<string>();
  const delivery = useQuery({
    queryKey: ['deliveries', tenant, sent],
    queryFn: ({ signal }) => ask('deliveries.get', { path: { id: sent ?? '' }, tenant, signal }),
    enabled: sent !== undefined,
    refetchInterval: ({ state }) => (isKnown(state.data) ? false : LOOK_EVERY_MS),
  });
  return (
    <Stack gap="sm" align="flex-start">
      <ActionButton
        label={texts.test}
        act={async () => {
          const { deliveryId } = await ask('endpoints.test', { path: { id }, body: { type }, tenant });
          setSent(deliveryId);
        }}
      />
      {delivery.error !== null && <ProblemNotice error={delivery.error} />}
      {sent !== undefined && (
        <div role="status" className="test-answer">
          {isKnown(delivery.data) ? (
            <Answer delivery={delivery.data} tenant={tenant} />
          ) : (
            <Text size="sm">{texts.testSending}</Text>
          )}
        </div>
      )}
    </Stack>
  );
}

/** It was tried, or it never will be. */
function isKnown(delivery: DeliveryDetailDto | undefined): delivery is DeliveryDetailDto {
  return delivery !== undefined && (delivery.state !== 'due' || delivery.attempts.length > 0);
}

function Answer({ delivery, tenant }: { delivery: DeliveryDetailDto; tenant: string }): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const { response } = useOwnTexts(listWords);
  const { language } = useLanguage();
  const attempt = delivery.attempts.at(-1);
  const isGood = delivery.state === 'delivered';
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} className={isGood ? 'tone-good' : 'tone-bad'}>
        {isGood ? texts.testDone : texts.testNot}{' '}
        {!isGood && (
          <ReasonText
            words={attempt?.error ?? delivery.reason}
            code={delivery.reasonCode}
            params={delivery.reasonParams}
          />
        )}
      </Text>
      {attempt !== undefined && (
        <Text size="sm">
          {attempt.status === null
            ? texts.unanswered
            : texts.answered(attempt.status, durationText(attempt.durationMs, language))}
        </Text>
      )}
      {attempt?.responseBody != null && attempt.responseBody !== '' && (
        <JsonText value={attempt.responseBody} label={response} />
      )}
      <TextLink to="/t/$tenant/deliveries/$deliveryId" params={{ tenant, deliveryId: delivery.id }} size="sm">
        {texts.testOpen}
      </TextLink>
    </Stack>
  );
}
