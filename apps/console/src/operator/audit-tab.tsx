import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AuditEntryDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { changeLines } from './change-lines';
import { OPERATORS } from './operators';
import { own } from './texts';

const PAGE = 50;

/** Who changed what of the installation itself, the latest first. */
export function AuditTab(): ReactNode {
  const texts = useOwnTexts(own);
  const { rows, query } = usePages(['operator', 'audit'], (cursor, signal) =>
    ask('audit.list', { query: { operator: true, limit: PAGE, cursor }, signal }),
  );
  return (
    <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.noAudit}>
      <Stack gap="sm">
        <ol className="changes">
          {rows?.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
        {query.hasNextPage && (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {texts.earlier}
          </Button>
        )}
      </Stack>
    </Listed>
  );
}

function Entry({
  entry: { at, action, actor, actorKind, subjectId, changes },
}: {
  entry: AuditEntryDto;
}): ReactNode {
  const texts = useOwnTexts(own);
  const people = useQuery(OPERATORS).data?.data ?? [];
  const name = people.find(({ id }) => id === actor)?.name;
  const lines = changeLines(changes);
  return (
    <li>
      <div className="change-head">
        <b dir="ltr">{action}</b>
        <TimeText at={at} exact />
        <Text size="sm" c="dimmed" component="span">
          {name !== undefined || actorKind === 'system' ? (
            texts.byWhom(isolated(name ?? texts.actors.system))
          ) : (
            <>
              {texts.byWhom(texts.actors[actorKind])} <bdi className="key-prefix">{actor}</bdi>
            </>
          )}
        </Text>
      </div>
      <Text size="xs" c="dimmed" dir="ltr" className="change-subject">
        {subjectId}
      </Text>
      {lines.length > 0 && (
        <pre className="code" dir="ltr">
          {lines.map(({ sign, text }, index) => (
            <span key={index} className={sign === '+' ? 'tone-good' : 'tone-bad'}>
              {`${sign} ${text}\n`}
            </span>
          ))}
        </pre>
      )}
    </li>
  );
}
