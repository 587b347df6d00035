import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { InstallationDto } from '../api/operations';
import { Meter } from '../charts/share-bar';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { bytesText, logsOf, versionsOf, type LogWeeks } from './installation-figures';
import { Section } from './section';
import { own } from './texts';

const LOOK_EVERY_MS = 5_000;

/** What the installation is made of, and whether it keeps up. */
export function InstallationTab(): ReactNode {
  const query = useQuery({
    queryKey: ['operator', 'installation'],
    queryFn: ({ signal }) => ask('operator.installation', { signal }),
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <Stack gap="lg">
          <Head data={data} />
          <Processes data={data} />
          <Queue data={data} />
          <Partitions data={data} />
        </Stack>
      )}
    </Loaded>
  );
}

function Head({ data }: { data: InstallationDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const versions = versionsOf(data);
  return (
    <>
      <Facts
        of={{
          [texts.version]: (
            <bdi className={versions.length > 1 ? 'tone-waiting' : undefined}>{versions.join(', ')}</bdi>
          ),
          ...Object.fromEntries(
            Object.entries(data.checks).map(([name, state]) => [
              texts.checks[name as keyof typeof texts.checks] ?? name,
              <span key={name} className={state === 'ok' ? 'tone-good' : 'tone-bad'}>
                {state === 'ok' ? `✓ ${texts.answers}` : `✗ ${texts.answersNot}`}
              </span>,
            ]),
          ),
          [texts.databaseSize]: <bdi>{bytesText(data.databaseBytes, language)}</bdi>,
        }}
      />
      {versions.length > 1 && (
        <Text size="sm" className="tone-waiting">
          {texts.mixedVersions}
        </Text>
      )}
    </>
  );
}

function Processes({ data: { processes } }: { data: InstallationDto }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Section
      title={texts.processes}
      columns={[texts.process, texts.host, texts.version, texts.startedAt, texts.state]}
    >
      {processes.map(({ id, name, host, pid, version, startedAt, seenAt, alive }) => (
        <Table.Tr key={id}>
          <Table.Td>
            <bdi>{name}</bdi>
          </Table.Td>
          <Table.Td>
            <bdi>
              {host}:{pid}
            </bdi>
          </Table.Td>
          <Table.Td>
            <bdi>{version}</bdi>
          </Table.Td>
          <Table.Td>
            <TimeText at={startedAt} />
          </Table.Td>
          <Table.Td className={alive ? 'tone-good' : 'tone-bad'}>
            {alive ? (
              `✓ ${texts.alive}`
            ) : (
              <>
                ✗ {texts.goneSince} <TimeText at={seenAt} />
              </>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </Section>
  );
}

function Queue({ data: { queue } }: { data: InstallationDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const { backend, behindMs, waiting } = queue;
  return (
    <Section
      title={texts.queue}
      columns={[texts.what, texts.waiting, texts.oldestFor]}
      note={
        <>
          {texts.backend(backend === 'redis' ? 'Redis' : 'PostgreSQL')}{' '}
          <span className={behindMs > 0 ? 'tone-waiting' : 'tone-good'}>
            {behindMs > 0 ? texts.behind(durationText(behindMs, language)) : texts.onTime}
          </span>
        </>
      }
    >
      {waiting.map(({ kind, depth, ageSeconds }) => (
        <Table.Tr key={kind}>
          <Table.Td>{texts.kinds[kind as keyof typeof texts.kinds] ?? kind}</Table.Td>
          <Table.Td>{number.format(depth)}</Table.Td>
          <Table.Td>
            <bdi>{depth === 0 ? '–' : durationText(ageSeconds * 1_000, language)}</bdi>
          </Table.Td>
        </Table.Tr>
      ))}
    </Section>
  );
}

function Partitions({ data }: { data: InstallationDto }): ReactNode {
  const texts = useOwnTexts(own);
  const logs = logsOf(data.partitions);
  const most = Math.max(1, ...data.partitions.map(({ bytes }) => bytes));
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {texts.partitions}
      </Title>
      <Text size="sm" c="dimmed">
        {texts.partitionsAbout}
      </Text>
      {logs.map((log) => (
        <Log key={log.table} log={log} most={most} />
      ))}
    </Stack>
  );
}

function Log({ log: { table, bytes, weeks }, most }: { log: LogWeeks; most: number }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const name = texts.logs[table as keyof typeof texts.logs] ?? table;
  return (
    <Section
      level={3}
      title={`${name}: ${bytesText(bytes, language)}`}
      columns={[texts.week, texts.size, texts.rows, texts.keptUntil]}
    >
      {weeks.map((week) => (
        <Table.Tr key={week.name}>
          <Table.Td>
            <DayText at={week.from} />
          </Table.Td>
          <Table.Td>
            <div className="size-bar">
              <bdi>{bytesText(week.bytes, language)}</bdi>
              <Meter label={bytesText(week.bytes, language)} value={week.bytes} most={most} tone="info" />
            </div>
          </Table.Td>
          <Table.Td>{week.rows === null ? '–' : `≈ ${number.format(week.rows)}`}</Table.Td>
          <Table.Td>
            <DayText at={week.keptUntil} />
          </Table.Td>
        </Table.Tr>
      ))}
    </Section>
  );
}

/** Weeks begin and end by the clock of UTC. */
function DayText({ at }: { at: string }): ReactNode {
  const { language } = useLanguage();
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <time dateTime={at} title={at}>
      <bdi>{day.format(new Date(at))}</bdi>
    </time>
  );
}
