import { Button, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AuditEntryDto, StateChangeDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages, type Pages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ReasonText } from '../reasons/reason-text';
import { useOwnTexts } from '../texts/language';
import type { TabProps } from './endpoint-page';
import { ENDPOINT_STATES, STATE_TONES } from './endpoint-search';
import { ownTabs } from './tab-texts';
import { own } from './texts';

const PAGE = 20;

/** What state it was in and why, and who changed what of it. */
export function HistoryTab({ endpoint, tenant, may }: TabProps): ReactNode {
  const { history } = useOwnTexts(ownTabs);
  const states = usePages(['endpoints', tenant, endpoint.id, 'history'], (cursor, signal) =>
    ask('endpointStats.history', {
      path: { id: endpoint.id },
      query: { limit: PAGE, cursor },
      tenant,
      signal,
    }),
  );
  return (
    <div className="two-columns">
      <section>
        <Title order={2} size="h4" mb="xs">
          {history.states}
        </Title>
        <Entries pages={states} none={history.noChanges}>
          {(change) => <StateChange change={change} />}
        </Entries>
      </section>
      {may && <Changes id={endpoint.id} tenant={tenant} />}
    </div>
  );
}

function Changes({ id, tenant }: { id: string; tenant: string }): ReactNode {
  const { history } = useOwnTexts(ownTabs);
  const changes = usePages(['endpoints', tenant, id, 'changes'], (cursor, signal) =>
    ask('audit.list', {
      query: { subjectType: 'endpoint', subjectId: id, limit: PAGE, cursor },
      tenant,
      signal,
    }),
  );
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {history.changes}
      </Title>
      <Entries pages={changes} none={history.noChanges}>
        {(entry) => <Change entry={entry} />}
      </Entries>
    </section>
  );
}

interface EntriesProps<T> {
  pages: Pages<T>;
  none: string;
  children: (one: T) => ReactNode;
}

function Entries<T extends { id: string }>({ pages, none, children }: EntriesProps<T>): ReactNode {
  const { history } = useOwnTexts(ownTabs);
  const { rows, query } = pages;
  return (
    <Listed error={query.error} retry={query.refetch} count={rows?.length} none={none}>
      <ol className="entries">
        {rows?.map((one) => (
          <li key={one.id}>{children(one)}</li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {history.more}
        </Button>
      )}
    </Listed>
  );
}

function StateChange({ change }: { change: StateChangeDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { history } = useOwnTexts(ownTabs);
  const state = ENDPOINT_STATES.find((one) => one === change.to);
  const standing = change.to === 'failing' ? 'tone-bad' : 'tone-good';
  const words = (of: string): string => {
    const known = ENDPOINT_STATES.find((one) => one === of);
    if (known !== undefined) return texts.states[known];
    return of === 'failing' ? history.failing : of === 'well' ? history.well : of;
  };
  return (
    <Stack gap={2}>
      <Text size="sm">
        <TimeText at={change.at} exact />{' '}
        <b className={state === undefined ? standing : STATE_TONES[state]}>{words(change.to)}</b>
        {change.from !== null && (
          <Text span size="sm" c="dimmed">
            {' '}
            · {history.before(words(change.from))}
          </Text>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {change.by === 'switchhook' ? (
          history.us
        ) : (
          <bdi className={change.byName === null ? 'small-id' : undefined}>{change.byName ?? change.by}</bdi>
        )}
        {change.reason !== null && (
          <>
            {' · '}
            <ReasonText words={change.reason} code={change.reasonCode} params={change.reasonParams} />
          </>
        )}
      </Text>
    </Stack>
  );
}

function Change({ entry }: { entry: AuditEntryDto }): ReactNode {
  const { history } = useOwnTexts(ownTabs);
  return (
    <Stack gap={2}>
      <Text size="sm">
        <TimeText at={entry.at} exact /> <bdi>{entry.action}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        {history.kinds[entry.actorKind]}
        {entry.actorKind !== 'system' && (
          <>
            {' '}
            <bdi className="small-id">{entry.actor}</bdi>
          </>
        )}
      </Text>
      <Fields changes={entry.changes} />
    </Stack>
  );
}

/** More of them than that are folded away: all there is of a thing that was made. */
const FEW = 6;

function Fields({ changes }: Pick<AuditEntryDto, 'changes'>): ReactNode {
  const { history } = useOwnTexts(ownTabs);
  const told = Object.entries(changes).filter(([, { from, to }]) => isTold(from) || isTold(to));
  const list = (
    <ul className="diff">
      {told.map(([field, { from, to }]) => (
        <li key={field}>
          <bdi>{field}</bdi>: {isTold(from) && from !== to && <del dir="ltr">{shown(from)}</del>}{' '}
          {isTold(to) && <ins dir="ltr">{shown(to)}</ins>}
        </li>
      ))}
    </ul>
  );
  if (told.length <= FEW) return list;
  return (
    <details className="folded">
      <summary>{history.fields(told.length)}</summary>
      {list}
    </details>
  );
}

const isTold = (value: unknown): boolean => value !== null && value !== undefined;

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
