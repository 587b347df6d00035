import { Button, Checkbox, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { VoipnowRowDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts, useTexts } from '../texts/language';
import type { TabProps } from './endpoint-page';
import { RequestForm } from './request-form';
import { ownTabs } from './tab-texts';

/** The table of requests of an endpoint that speaks VoipNow. */
export function RequestsTab({ endpoint, tenant, may }: TabProps): ReactNode {
  const { requests } = useOwnTexts(ownTabs);
  const { actions } = useTexts();
  const [chosen, choose] = useState<readonly number[]>([]);
  const [edited, edit] = useState<VoipnowRowDto | 'new'>();
  const query = useQuery({
    queryKey: ['endpoints', tenant, endpoint.id, 'rows'],
    queryFn: ({ signal }) => ask('voipnowRows.list', { path: { id: endpoint.id }, tenant, signal }),
  });
  const close = (): void => {
    edit(undefined);
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{requests.about}</Text>
      {may && (
        <Group gap="xs">
          <Button
            size="xs"
            onClick={() => {
              edit('new');
            }}
          >
            {requests.add}
          </Button>
          {chosen.length > 0 && (
            <Bulk
              id={endpoint.id}
              tenant={tenant}
              chosen={chosen}
              whenDone={() => {
                choose([]);
              }}
            />
          )}
        </Group>
      )}
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm">{requests.none}</Text>
          ) : (
            <Rows rows={data} may={may} chosen={chosen} choose={choose} edit={edit} />
          )
        }
      </Loaded>
      <Modal
        opened={edited !== undefined}
        onClose={close}
        title={edited === 'new' ? requests.add : requests.change}
        closeButtonProps={{ 'aria-label': actions.close }}
      >
        {edited !== undefined && (
          <RequestForm
            id={endpoint.id}
            tenant={tenant}
            row={edited === 'new' ? undefined : edited}
            whenDone={close}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface RowsProps {
  rows: readonly VoipnowRowDto[];
  may: boolean;
  chosen: readonly number[];
  choose: (chosen: readonly number[]) => void;
  edit: (row: VoipnowRowDto) => void;
}

function Rows({ rows, may, chosen, choose, edit }: RowsProps): ReactNode {
  const { requests } = useOwnTexts(ownTabs);
  const heads = [
    requests.number,
    requests.kind,
    requests.extension,
    requests.url,
    requests.note,
    requests.active,
  ];
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            {may && <Table.Td />}
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
            {may && <Table.Td />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.eventId}>
              {may && (
                <Table.Td>
                  <Checkbox
                    aria-label={requests.select(row.eventId)}
                    checked={chosen.includes(row.eventId)}
                    onChange={(event) => {
                      const others = chosen.filter((one) => one !== row.eventId);
                      choose(event.currentTarget.checked ? [...others, row.eventId] : others);
                    }}
                  />
                </Table.Td>
              )}
              <Table.Td className="number">{row.eventId}</Table.Td>
              <Table.Td>{requests.kinds[row.kind] ?? row.event}</Table.Td>
              <Table.Td>
                {row.extension === '*' ? requests.every : <bdi className="number">{row.extension}</bdi>}
              </Table.Td>
              <Table.Td>
                <bdi className="long-url">
                  {row.method} {row.url}
                </bdi>
              </Table.Td>
              <Table.Td>
                <bdi>{row.note}</bdi>
              </Table.Td>
              <Table.Td className={row.active ? 'tone-good' : 'tone-quiet'}>
                {row.active ? requests.active : requests.inactive}
              </Table.Td>
              {may && (
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      edit(row);
                    }}
                  >
                    {requests.change}
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface BulkProps {
  id: string;
  tenant: string;
  chosen: readonly number[];
  whenDone: () => void;
}

function Bulk({ id, tenant, chosen, whenDone }: BulkProps): ReactNode {
  const { requests } = useOwnTexts(ownTabs);
  const asked = { path: { id }, body: { eventIds: chosen }, tenant };
  const stale = [['endpoints', tenant, id]];
  return (
    <>
      <Text size="sm">{requests.selected(chosen.length)}</Text>
      <ActionButton
        label={requests.enable}
        variant="default"
        act={() => ask('voipnowRows.enable', asked)}
        stale={stale}
        whenDone={whenDone}
      />
      <ActionButton
        label={requests.disable}
        variant="default"
        act={() => ask('voipnowRows.disable', asked)}
        stale={stale}
        whenDone={whenDone}
      />
      <ActionButton
        label={requests.clear}
        color="red"
        act={() => ask('voipnowRows.clear', asked)}
        stale={stale}
        whenDone={whenDone}
        confirm={requests.clearAbout(chosen.length)}
      />
    </>
  );
}
