import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TimelineItemDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { ReasonText } from '../reasons/reason-text';
import { useOwnTexts } from '../texts/language';
import { own as timelineTexts } from '../timeline/texts';

/** What is known of the row that was chosen. */
export function ChosenItem({ item, tenant }: { item: TimelineItemDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(timelineTexts);
  const deliveryId = item.kind === 'delivery' ? item.id : item.deliveryId;
  return (
    <Paper withBorder p="md" component="section" aria-label={texts.details}>
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h4">
          {texts[item.kind]} <TimeText at={item.at} exact />
        </Title>
        {item.type !== undefined && (
          <Text size="sm">
            <bdi>{item.type}</bdi>
          </Text>
        )}
        {item.reason != null && (
          <Text size="sm">
            <ReasonText words={item.reason} code={item.reasonCode} params={item.reasonParams} />
          </Text>
        )}
        {item.decision != null && item.decision !== '' && (
          <Text size="sm">
            <ReasonText words={item.decision} code={item.decisionCode} params={item.decisionParams} />
          </Text>
        )}
        {item.dueAt != null && (
          <Text size="sm">
            {texts.nextTry}: <TimeText at={item.dueAt} exact />
          </Text>
        )}
        <Text size="sm" c="dimmed" dir="ltr">
          {item.id}
        </Text>
        {deliveryId !== undefined && (
          <TextLink to="/t/$tenant/deliveries/$deliveryId" params={{ tenant, deliveryId }}>
            {texts.inspect}
          </TextLink>
        )}
      </Stack>
    </Paper>
  );
}
