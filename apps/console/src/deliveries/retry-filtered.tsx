import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useZone } from '../list/zone';
import { momentText } from '../list/zoned-time';
import { nowMs } from '../page/now-ms';
import { ResendButton } from '../resend/resend-button';
import { useLanguage, useOwnTexts } from '../texts/language';
import { retryOf, type DeliveryFilters } from './delivery-filters';
import { own } from './texts';

/** Retries what was given up among what the filters show. */
export function RetryFiltered({ filters, tenant }: { filters: DeliveryFilters; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { zone } = useZone();
  const { state = 'dead' } = filters;
  if (state !== 'dead') return null;
  const order = retryOf(filters, nowMs());
  if (order === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {texts.notAll}
      </Text>
    );
  }
  return (
    <ResendButton
      label={texts.retryAll}
      tenant={tenant}
      order={() => order}
      about={texts.retryAllAbout(momentText(order.from, language, false, zone))}
    />
  );
}
