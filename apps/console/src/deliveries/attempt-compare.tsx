import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AttemptDto, DeliveryDetailDto } from '../api/operations';
import { prettyText } from '../json/json-text';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { attemptText } from './attempt-text';
import { bodyOf } from './body-of';
import { own } from './texts';

interface AttemptCompareProps {
  attempt: AttemptDto;
  before: AttemptDto | undefined;
  delivery: DeliveryDetailDto;
  tenant: string;
}

const LinesDiff = lazy(async () => ({ default: (await import('./lines-diff')).LinesDiff }));
const CHOICES = ['none', 'previous', 'worked', 'event'] as const;
type Choice = (typeof CHOICES)[number];

/** A try beside another one, or beside the event, line by line. */
export function AttemptCompare({ attempt, before, delivery, tenant }: AttemptCompareProps): ReactNode {
  const texts = useOwnTexts(own);
  const [choice, choose] = useState<Choice>('none');
  const words: Readonly<Record<Choice, string>> = {
    none: texts.compareNone,
    previous: texts.comparePrevious,
    worked: texts.compareWorked,
    event: texts.compareEvent,
  };
  const body = bodyOf(attempt, delivery);
  const here = attemptText(attempt, body);
  return (
    <Stack gap="xs">
      <NativeSelect
        size="xs"
        label={texts.compare}
        maw={320}
        data={CHOICES.map((value) => ({ value, label: words[value] }))}
        value={choice}
        onChange={({ currentTarget }) => {
          choose(CHOICES.find((one) => one === currentTarget.value) ?? 'none');
        }}
      />
      <Suspense>
        {choice === 'previous' && (
          <Beside
            there={before === undefined ? undefined : attemptText(before, bodyOf(before, delivery))}
            here={here}
          />
        )}
        {choice === 'worked' && <Worked delivery={delivery} tenant={tenant} here={here} />}
        {choice === 'event' && (
          <Beside
            there={delivery.payload === null ? undefined : prettyText(delivery.payload)}
            here={prettyText(body ?? '')}
          />
        )}
      </Suspense>
    </Stack>
  );
}

function Beside({ there, here }: { there: string | undefined; here: string }): ReactNode {
  const texts = useOwnTexts(own);
  if (there === undefined) return <Text size="sm">{texts.compareNothing}</Text>;
  return <LinesDiff there={there} here={here} />;
}

interface WorkedProps {
  delivery: DeliveryDetailDto;
  tenant: string;
  here: string;
}

/** The last try that worked at the same endpoint with the same event, if possible of this delivery. */
function Worked({ delivery, tenant, here }: WorkedProps): ReactNode {
  const { endpointId, eventType } = delivery;
  const worked = useQuery({
    queryKey: ['deliveries', tenant, 'worked', endpointId, eventType],
    queryFn: async ({ signal }) => {
      const query = { endpointId, eventType, state: 'delivered', limit: 1 } as const;
      const { data } = await ask('deliveries.list', { query, tenant, signal });
      if (data[0] === undefined) return null;
      return ask('deliveries.get', { path: { id: data[0].id }, tenant, signal });
    },
  });
  const own = lastThatWorked(delivery);
  if (own !== undefined) return <Beside there={own} here={here} />;
  return (
    <Loaded query={worked}>
      {(other) => <Beside there={other === null ? undefined : lastThatWorked(other)} here={here} />}
    </Loaded>
  );
}

function lastThatWorked(delivery: DeliveryDetailDto): string | undefined {
  const worked = delivery.attempts.findLast(({ outcome }) => outcome === 'delivered');
  return worked === undefined ? undefined : attemptText(worked, bodyOf(worked, delivery));
}
