import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ReceiptDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { TimeText } from '../list/time-text';
import { useTexts } from '../texts/language';
import { useConnectionTexts } from './connection-texts';
import { RECEIPT_STATES, type ConnectionSearch } from './connection-search';
import { localInput, momentOf } from './moment-input';
import { RECEIPT_TONES } from './receipt-tones';
import { ReceiptView } from './receipt-view';
import { ReplayAll } from './replay-all';
import type { TabProps } from './tab-props';
import { connectionsKey } from './use-connection';

const FROM = '/shell/t/$tenant/connections/$connectionId';
type Filters = Pick<ConnectionSearch, 'state' | 'from' | 'to'>;

/** All that came from a PBX, by state and time; what nobody could read or work on can be replayed. */
export function ReceiptsTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const { receipt, state, from, to } = useSearch({ from: FROM });
  return receipt === undefined ? (
    <List tenant={tenant} id={id} filters={onlySet({ state, from, to })} />
  ) : (
    <ReceiptView tenant={tenant} id={receipt} />
  );
}

function List({ tenant, id, filters }: { tenant: string; id: string; filters: Filters }): ReactNode {
  const { receipts } = useConnectionTexts();
  const navigate = useNavigate({ from: '/t/$tenant/connections/$connectionId' });
  const show = (next: Filters): void =>
    void navigate({ search: { tab: 'receipts', ...onlySet(next) }, replace: true });
  const { state, ...times } = filters;
  const query = { ...times, ...(state !== undefined && { state: [state] }) };
  const pages = usePages([...connectionsKey(tenant), id, 'receipts', filters], (cursor, signal) =>
    ask('connectionReceipts.list', { path: { id }, query: { ...query, limit: 100, cursor }, tenant, signal }),
  );
  const clear = Object.keys(filters).length === 0 ? undefined : () => show({});
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {receipts.about}
      </Text>
      <FilterRow filters={filters} show={show} />
      {(state === 'unparsed' || state === 'set_aside') && (
        <ReplayAll tenant={tenant} id={id} state={state} from={filters.from} to={filters.to} />
      )}
      <Listed
        error={pages.query.error}
        retry={pages.query.refetch}
        count={pages.rows?.length}
        none={receipts.none}
        clear={clear}
      >
        <EndlessList
          label={receipts.about}
          className="cells-receipts"
          columns={[
            { text: receipts.came },
            { text: receipts.route, wide: true },
            { text: receipts.state },
            { text: receipts.reason, wide: true },
            { text: receipts.from, wide: true },
          ]}
          rows={pages.rows ?? []}
          keyOf={(receipt) => receipt.id}
          cells={(receipt) => <Cells receipt={receipt} tenant={tenant} filters={filters} />}
          rowHeight={38}
          hasMore={pages.query.hasNextPage}
          isLoadingMore={pages.query.isFetchingNextPage}
          loadMore={pages.query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

function FilterRow({ filters, show }: { filters: Filters; show: (next: Filters) => void }): ReactNode {
  const { receipts } = useConnectionTexts();
  const { list, actions } = useTexts();
  return (
    <Group gap="sm" align="flex-end">
      <SegmentedControl
        aria-label={receipts.state}
        size="xs"
        data={[
          { value: 'all', label: receipts.all },
          ...RECEIPT_STATES.map((state) => ({ value: state, label: receipts.states[state] })),
        ]}
        value={filters.state ?? 'all'}
        onChange={(chosen) => {
          show({ ...filters, state: RECEIPT_STATES.find((state) => state === chosen) as never });
        }}
      />
      {(['from', 'to'] as const).map((edge) => (
        <TextInput
          key={edge}
          size="xs"
          type="datetime-local"
          label={list[edge]}
          value={localInput(filters[edge])}
          onChange={({ currentTarget: { value } }) => {
            show({ ...filters, [edge]: momentOf(value) });
          }}
        />
      ))}
      {Object.keys(filters).length > 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            show({});
          }}
        >
          {actions.clear}
        </Button>
      )}
    </Group>
  );
}

interface CellsProps {
  receipt: ReceiptDto;
  tenant: string;
  filters: Filters;
}

function Cells({ receipt, tenant, filters }: CellsProps): ReactNode {
  const { receipts } = useConnectionTexts();
  return (
    <>
      <span role="cell">
        <Link
          to="/t/$tenant/connections/$connectionId"
          params={{ tenant, connectionId: receipt.connectionId }}
          search={{ tab: 'receipts', ...filters, receipt: receipt.id }}
        >
          <TimeText at={receipt.receivedAt} exact />
        </Link>
      </span>
      <span role="cell" className="wide">
        <bdi>{receipt.route}</bdi>
      </span>
      <span role="cell" className={RECEIPT_TONES[receipt.state]}>
        {receipts.states[receipt.state]}
      </span>
      <span role="cell" className="wide" title={receipt.reason ?? ''}>
        <bdi>{receipt.reason ?? ''}</bdi>
      </span>
      <span role="cell" className="wide number">
        <bdi>{receipt.sourceIp ?? '–'}</bdi>
      </span>
    </>
  );
}
