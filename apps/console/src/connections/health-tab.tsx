import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionHealthDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { durationText } from '../texts/durations';
import { useLanguage } from '../texts/language';
import { useConnectionTexts } from './connection-texts';
import type { TabProps } from './tab-props';
import { ReceiptRows } from './receipt-rows';
import { SocketFacts } from './socket-facts';
import { connectionsKey, useHealth } from './use-connection';
import { WarningsList } from './warnings-list';

const LATEST = 5;

/** How a connection does: what to look after first, then what came of late. */
export function HealthTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const { health: texts } = useConnectionTexts();
  const health = useHealth(tenant, id);
  return (
    <Loaded query={health}>
      {(data) => (
        <Stack gap="lg">
          <section>
            <Title order={2} size="h4" mb="xs">
              {texts.warnings}
            </Title>
            <WarningsList tenant={tenant} id={id} warnings={data.warnings} />
          </section>
          <SocketFacts socket={data.socket} />
          <Numbers health={data} />
          <Refused health={data} />
          <Seen health={data} />
          <Latest tenant={tenant} id={id} />
        </Stack>
      )}
    </Loaded>
  );
}

function Numbers({ health }: { health: ConnectionHealthDto }): ReactNode {
  const texts = useConnectionTexts();
  const { language } = useLanguage();
  const { webhooks, unparsed } = health;
  const count = (value: number): string => value.toLocaleString(language);
  const share = unparsed.share?.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <Facts
      of={{
        [texts.lastWebhook]:
          health.lastWebhookAt === null ? texts.never : <TimeText at={health.lastWebhookAt} exact />,
        [texts.health.clock]: <Clock clock={health.clock} />,
        [texts.health.lastMinute]: count(webhooks.lastMinute),
        [texts.health.lastHour]: count(webhooks.lastHour),
        [texts.lastDay]: count(webhooks.lastDay),
        [texts.health.unparsed]: (
          <>
            {count(unparsed.total)}
            {unparsed.lastDay > 0 && share !== undefined && (
              <Text span size="sm">
                {' '}
                ({texts.health.ofAll(share)})
              </Text>
            )}
          </>
        ),
        [texts.health.setAside]: count(health.setAside),
      }}
    />
  );
}

function Clock({ clock: { standing, lagSeconds } }: Pick<ConnectionHealthDto, 'clock'>): ReactNode {
  const { health } = useConnectionTexts();
  const { language } = useLanguage();
  const lag = lagSeconds === null ? undefined : durationText(Math.abs(lagSeconds) * 1_000, language);
  return (
    <span className={standing === 'right' ? 'tone-good' : standing === 'unknown' ? undefined : 'tone-bad'}>
      {health.clocks[standing]}
      {lag !== undefined && (
        <Text size="xs" c="dimmed">
          {(lagSeconds ?? 0) < 0 ? health.aheadLag(lag) : health.lag(lag)}
        </Text>
      )}
    </span>
  );
}

function Refused({ health: { refused } }: { health: ConnectionHealthDto }): ReactNode {
  const texts = useConnectionTexts();
  if (refused.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.health.refused}
      </Title>
      <Stack gap="xs">
        {refused.map(({ reason, count, lastAt, sample }) => (
          <div key={reason}>
            <Text size="sm">
              <TimeText at={lastAt} exact /> · {texts.refused(count)}: {texts.refusals[reason]}
            </Text>
            <pre className="code">{sample}</pre>
          </div>
        ))}
      </Stack>
    </section>
  );
}

function Seen({ health }: { health: ConnectionHealthDto }): ReactNode {
  const { health: texts } = useConnectionTexts();
  const words = health.unknownWords.map(({ kind, word, count }) => ({ name: `${kind} ${word}`, count }));
  return (
    <>
      <SeenNames title={texts.words} seen={words} />
      <SeenNames title={texts.fields} seen={health.unreadableFields} />
    </>
  );
}

function SeenNames({
  title,
  seen,
}: {
  title: string;
  seen: readonly { name: string; count: number }[];
}): ReactNode {
  const { health } = useConnectionTexts();
  if (seen.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      <ul className="chips">
        {seen.map(({ name, count }) => (
          <li key={name}>
            <bdi>{name}</bdi> <span className="tone-quiet">{health.times(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Latest({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const texts = useConnectionTexts();
  const latest = useQuery({
    queryKey: [...connectionsKey(tenant), id, 'receipts', 'latest'],
    queryFn: ({ signal }) =>
      ask('connectionReceipts.list', { path: { id }, query: { limit: LATEST }, tenant, signal }),
    refetchInterval: 15_000,
  });
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.health.latest}
      </Title>
      <Loaded query={latest}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm">{texts.receipts.none}</Text>
          ) : (
            <Stack gap="xs">
              <ReceiptRows tenant={tenant} id={id} receipts={data} />
              <TextLink
                to="/t/$tenant/connections/$connectionId"
                params={{ tenant, connectionId: id }}
                search={{ tab: 'receipts' }}
                size="sm"
              >
                {texts.health.allReceipts}
              </TextLink>
            </Stack>
          )
        }
      </Loaded>
    </section>
  );
}
