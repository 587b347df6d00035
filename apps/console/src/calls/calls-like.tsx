import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { useOwnTexts } from '../texts/language';
import { numberOf } from './party-text';
import { own } from './texts';

const HALF_AN_HOUR_MS = 1_800_000;

/** Links to calls that have something in common with one, and to what became of it. */
export function CallsLike({ call, tenant }: { call: CallDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const to = '/t/$tenant/calls';
  const params = { tenant };
  const number = numberOf(call);
  return (
    <Group gap="md" component="nav" aria-label={texts.like}>
      <Text size="sm" c="dimmed">
        {texts.like}:
      </Text>
      {number !== undefined && (
        <TextLink size="sm" to={to} params={params} search={{ number }}>
          {texts.sameNumber}
        </TextLink>
      )}
      <TextLink size="sm" to={to} params={params} search={{ result: call.result }}>
        {texts.sameResult}
      </TextLink>
      {call.extension !== null && (
        <TextLink size="sm" to={to} params={params} search={{ extension: call.extension }}>
          {texts.sameExtension}
        </TextLink>
      )}
      {call.queue !== null && (
        <TextLink size="sm" to={to} params={params} search={{ queueId: call.queue.id }}>
          {texts.sameQueue}
        </TextLink>
      )}
      {call.startedAt !== null && (
        <TextLink size="sm" to={to} params={params} search={around(call.startedAt)}>
          {texts.sameDay}
        </TextLink>
      )}
      <TextLink size="sm" to="/t/$tenant/deliveries" params={params} search={{ callId: call.id }}>
        {texts.deliveriesOf}
      </TextLink>
      <TextLink
        size="sm"
        to="/t/$tenant/replays"
        params={params}
        search={{ callId: call.id, kind: 'events' }}
      >
        {texts.replayOf}
      </TextLink>
    </Group>
  );
}

function around(at: string): { from: string; to: string } {
  const moment = Date.parse(at);
  return {
    from: new Date(moment - HALF_AN_HOUR_MS).toISOString(),
    to: new Date(moment + HALF_AN_HOUR_MS).toISOString(),
  };
}
