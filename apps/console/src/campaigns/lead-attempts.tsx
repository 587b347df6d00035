import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { LeadDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';

const MOST = 50;

/** The calls to a lead, the latest first. */
export function LeadAttempts({ lead, campaign, tenant }: PartProps & { lead: LeadDto }): ReactNode {
  const texts = useOwnTexts(own);
  const path = { id: campaign.id, leadId: lead.id };
  const attempts = useQuery({
    queryKey: ['campaigns', tenant, campaign.id, 'lead', lead.id, 'attempts'],
    queryFn: ({ signal }) => ask('leadInsight.attempts', { path, query: { limit: MOST }, tenant, signal }),
  });
  return (
    <div>
      <Text size="sm" fw={600}>
        {texts.attempts}
      </Text>
      <Loaded query={attempts}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm">{texts.noAttempts}</Text>
          ) : (
            <div className="campaign-scroll">
              <table className="campaign-table">
                <tbody>
                  {data.map((order) => (
                    <tr key={order.id}>
                      <td>
                        <TimeText at={order.sentAt} exact />
                      </td>
                      <td>{texts.orders[order.state]}</td>
                      <td>{order.result === null ? '' : (texts.tryResults[order.result] ?? order.result)}</td>
                      <td>
                        <bdi>{order.reason}</bdi>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </div>
  );
}
