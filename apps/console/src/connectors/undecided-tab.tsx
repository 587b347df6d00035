import { Anchor, Radio, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CrmContactDto, CrmLogDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { mayHandle } from '../app/may';
import { useRole } from '../app/use-role';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { isolated } from '../texts/isolated';
import { listWords } from '../list/list-words';
import { useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { own } from './texts';

const PAGE = 50;

/** Calls of numbers that several contacts have: whose they are, people say here. */
export function UndecidedTab({ tenant, endpoint: { id } }: ConnectionProps): ReactNode {
  const { undecided } = useOwnTexts(own);
  const { rows, query } = usePages(
    ['deliveries', tenant, 'crm-logs', id, { state: 'undecided' }],
    (cursor, signal) =>
      ask('crmLogs.list', {
        path: { id },
        query: { state: 'undecided', limit: PAGE, cursor },
        ...{ tenant, signal },
      }),
  );
  return (
    <Listed error={query.error} retry={query.refetch} count={rows?.length} none={undecided.none}>
      <Stack gap="sm">
        {rows?.map((log) => (
          <Undecided key={log.callId} log={log} tenant={tenant} />
        ))}
      </Stack>
    </Listed>
  );
}

const keyOf = ({ type, id }: CrmContactDto): string => `${type}/${id}`;

function Undecided({ log: one, tenant }: { log: CrmLogDto; tenant: string }): ReactNode {
  const { undecided, log } = useOwnTexts(own);
  const { openCall } = useOwnTexts(listWords);
  const [key, setKey] = useState('');
  const mayChoose = mayHandle(useRole(tenant));
  const chosen = one.candidates.find((contact) => keyOf(contact) === key);
  const path = { id: one.endpointId, callId: one.callId };
  return (
    <article className="con-card">
      <Text size="sm">
        <TimeText at={one.begunAt} exact /> ·{' '}
        <TextLink size="sm" to="/t/$tenant/calls/$callId" params={{ tenant, callId: one.callId }}>
          {openCall}
        </TextLink>
        {one.record !== null && (
          <>
            {' · '}
            <bdi dir="ltr">{`${one.record.type} ${one.record.id}`}</bdi>
          </>
        )}
      </Text>
      <Radio.Group label={undecided.which} value={key} onChange={setKey}>
        <Stack gap={4} mt={4}>
          {one.candidates.map((contact) => (
            <Radio
              key={keyOf(contact)}
              value={keyOf(contact)}
              disabled={!mayChoose}
              label={
                <>
                  <bdi>{contact.name}</bdi> (<bdi dir="ltr">{`${contact.type} ${contact.id}`}</bdi>)
                </>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {one.candidates.some(({ url }) => url !== null) && (
        <Text size="sm">
          {log.inCrm}:{' '}
          {one.candidates.map(
            ({ url, name, id }) =>
              url !== null && (
                <Anchor key={id} size="sm" href={url} target="_blank" rel="noreferrer" me="xs">
                  <bdi>{name}</bdi>
                </Anchor>
              ),
          )}
        </Text>
      )}
      <div>
        <ActionButton
          label={undecided.choose}
          disabled={chosen === undefined || !mayChoose}
          confirm={undecided.chooseSure(isolated(chosen?.name ?? ''))}
          stale={[['deliveries', tenant]]}
          act={() =>
            ask('crmLogs.choose', { path, body: { contactId: chosen?.id ?? '', type: chosen?.type }, tenant })
          }
        />
      </div>
    </article>
  );
}
