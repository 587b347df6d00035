import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ReceiptDto } from '../api/operations';
import { JsonText } from '../json/json-text';
import { Loaded } from '../page/loaded';
import { useConnectionTexts } from './connection-texts';
import { connectionsKey } from './use-connection';

/** What a webhook was made of, as text: its query and its body. It never becomes anything but text. */
export function ReceiptBody({ tenant, receipt }: { tenant: string; receipt: ReceiptDto }): ReactNode {
  const { receipts } = useConnectionTexts();
  const body = useQuery({
    queryKey: [...connectionsKey(tenant), receipt.connectionId, 'raw', receipt.id],
    queryFn: async ({ signal }) => {
      // Bytes of any kind: the document has no name for them.
      const asked = ask('receipts.raw', { path: { id: receipt.id }, tenant, signal }) as Promise<unknown>;
      const raw = await asked;
      return typeof raw === 'string' ? raw : '';
    },
    staleTime: Infinity,
  });
  return (
    <Stack gap="sm">
      <Text size="sm" dir="ltr" ta="start">
        <bdi>
          {receipt.method} {receipt.route}
        </bdi>
      </Text>
      {receipt.query !== '' && (
        <div>
          <Text size="sm" c="dimmed">
            {receipts.query}
          </Text>
          <JsonText value={queryText(receipt.query)} label={receipts.query} />
        </div>
      )}
      <Loaded query={body}>
        {(text) =>
          text === '' ? (
            <Text size="sm">{receipts.noBody}</Text>
          ) : (
            <div>
              <Text size="sm" c="dimmed">
                {receipts.body}
              </Text>
              {text.includes('\ufffd') && <Text size="sm">{receipts.notText}</Text>}
              <JsonText value={text} label={receipts.body} />
            </div>
          )
        }
      </Loaded>
    </Stack>
  );
}

/** One parameter a line. */
function queryText(query: string): string {
  return query
    .split('&')
    .map((pair) => decoded(pair.replaceAll('+', ' ')))
    .join('\n');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
