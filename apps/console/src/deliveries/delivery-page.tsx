import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AttemptDto, DeliveryDetailDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { JsonText } from '../json/json-text';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { AttemptView } from './attempt-view';
import './deliveries.css';
import { DeliveryHead } from './delivery-head';
import { own } from './texts';

const FROM = '/shell/t/$tenant/deliveries/$deliveryId';

/** The inspector: what became of a delivery, what follows and when, and each try at it. */
export function DeliveryPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant, deliveryId } = useParams({ from: FROM });
  const delivery = useQuery({
    queryKey: ['deliveries', tenant, deliveryId],
    queryFn: ({ signal }) => ask('deliveries.get', { path: { id: deliveryId }, tenant, signal }),
  });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/deliveries" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <Loaded query={delivery}>
        {(data) => (
          <>
            <DeliveryHead delivery={data} tenant={tenant} asOf={delivery.dataUpdatedAt} />
            <Tries delivery={data} tenant={tenant} />
            {data.payload != null && (
              <section>
                <Title order={2} size="h4" mb="xs">
                  {texts.payload}
                </Title>
                <JsonText value={data.payload} label={texts.payload} />
              </section>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Tries({ delivery, tenant }: { delivery: DeliveryDetailDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { attempts } = delivery;
  const { try: chosen } = useSearch({ from: FROM });
  const attempt = attempts.find(({ id }) => id === chosen) ?? attempts.at(-1);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.rail}
      </Title>
      {attempt === undefined ? (
        <Text size="sm">{texts.noTries}</Text>
      ) : (
        <Stack gap="sm">
          <Rail attempts={attempts} chosen={attempt.id} />
          <AttemptView
            attempt={attempt}
            before={attempts[attempts.indexOf(attempt) - 1]}
            delivery={delivery}
            tenant={tenant}
          />
        </Stack>
      )}
    </section>
  );
}

/** Tries in their order, each by what came of it. */
function Rail({ attempts, chosen }: { attempts: readonly AttemptDto[]; chosen: string }): ReactNode {
  const texts = useOwnTexts(own);
  const navigate = useNavigate({ from: '/t/$tenant/deliveries/$deliveryId' });
  return (
    <Group gap={4} role="group" aria-label={texts.rail} className="rail">
      {attempts.map(({ id, number, status, outcome }) => {
        const tone = outcome === 'delivered' ? 'good' : 'bad';
        return (
          <button
            key={id}
            type="button"
            aria-pressed={id === chosen}
            onClick={() => {
              void navigate({ search: { try: id }, replace: true });
            }}
          >
            <span className={`tone-${tone}`} aria-hidden>
              {tone === 'good' ? '●' : '✕'}
            </span>{' '}
            {texts.tryNumber(number)} · <bdi>{status ?? outcome}</bdi>
          </button>
        );
      })}
    </Group>
  );
}
