import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { TimelineItemDto } from '../api/operations';
import { JsonText } from '../json/json-text';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { ReasonText } from '../reasons/reason-text';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** Webhooks that a call was made of, as the PBX sent them. */
export function CallReceipts({
  items,
  tenant,
}: {
  items: readonly TimelineItemDto[];
  tenant: string;
}): ReactNode {
  const texts = useOwnTexts(own);
  const receipts = items.filter(({ kind }) => kind === 'receipt');
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.receipts}
      </Title>
      <Stack>
        {receipts.length === 0 && <Text size="sm">{texts.noReceipts}</Text>}
        {receipts.map(({ id }, index) => (
          <Receipt key={id} id={id} tenant={tenant} first={index === 0} />
        ))}
      </Stack>
    </section>
  );
}

function Receipt({ id, tenant, first }: { id: string; tenant: string; first: boolean }): ReactNode {
  const texts = useOwnTexts(own);
  const [isWanted, want] = useState(first);
  const receipt = useQuery({
    queryKey: ['receipts', tenant, id],
    queryFn: ({ signal }) => ask('receipts.get', { path: { id }, tenant, signal }),
  });
  return (
    <Loaded query={receipt}>
      {(data) => (
        <Stack gap="xs" className="call-part">
          <Facts
            of={{
              [texts.when]: <TimeText at={data.receivedAt} exact />,
              [texts.route]: (
                <bdi>
                  {data.method} {data.route}
                </bdi>
              ),
              [texts.receivedFrom]: <bdi>{data.sourceIp ?? '–'}</bdi>,
              [texts.state]:
                data.reason === null ? (
                  <bdi>{data.state}</bdi>
                ) : (
                  <ReasonText words={data.reason} code={data.reasonCode} params={data.reasonParams} />
                ),
            }}
          />
          <Group gap="xs">
            {!isWanted && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  want(true);
                }}
              >
                {texts.showBody}
              </Button>
            )}
            <ActionButton
              label={texts.workAgain}
              variant="default"
              confirm={texts.workAgainAsk}
              act={() => ask('receipts.replay', { path: { id }, tenant })}
              done={texts.asked}
              stale={[['calls', tenant]]}
            />
          </Group>
          {isWanted && <Body id={id} tenant={tenant} />}
          <JsonText value={data.headers} label={texts.headers} />
        </Stack>
      )}
    </Loaded>
  );
}

function Body({ id, tenant }: { id: string; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const body = useQuery({
    queryKey: ['receipts', tenant, id, 'raw'],
    queryFn: ({ signal }) => ask('receipts.raw', { path: { id }, tenant, signal }),
    staleTime: Infinity,
  });
  return <Loaded query={body}>{(text) => <JsonText value={text ?? ''} label={texts.body} />}</Loaded>;
}
