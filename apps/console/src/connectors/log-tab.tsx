import { SegmentedControl, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CrmLogDto } from '../api/operations';
import { mayHandle } from '../app/may';
import { useRole } from '../app/use-role';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { listWords } from '../list/list-words';
import { useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { LOG_STATES } from './filters';
import { ContactName, LOG_TONES } from './log-line';
import { own } from './texts';

const FROM = '/shell/t/$tenant/connectors/$endpointId';
const PAGE = 100;
const ROW_PX = 44;
const NARROW_ROW_PX = 84;

/** Every record that was made of a call there. */
export function LogTab({ tenant, endpoint: { id } }: ConnectionProps): ReactNode {
  const { log } = useOwnTexts(own);
  const words = useOwnTexts(listWords);
  const { state } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/connectors/$endpointId' });
  const { rows, query } = usePages(['deliveries', tenant, 'crm-logs', id, { state }], (cursor, signal) =>
    ask('crmLogs.list', { path: { id }, query: { state, limit: PAGE, cursor }, tenant, signal }),
  );
  const show = (next: string): void => {
    const chosen = LOG_STATES.find((one) => one === next);
    void navigate({ search: onlySet({ tab: 'log' as const, state: chosen }), replace: true });
  };
  return (
    <>
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          size="xs"
          aria-label={log.state}
          data={[
            { value: 'all', label: words.all },
            ...LOG_STATES.map((one) => ({ value: one, label: log.states[one] })),
          ]}
          value={state ?? 'all'}
          onChange={show}
        />
      </div>
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={log.none}
        clear={
          state === undefined
            ? undefined
            : () => {
                show('all');
              }
        }
      >
        <EndlessList
          label={log.record}
          className="cells-crm-logs"
          columns={[
            { text: log.when },
            { text: log.state },
            { text: log.record, wide: true },
            { text: log.contact },
            { text: log.task, wide: true },
          ]}
          rows={rows ?? []}
          keyOf={({ callId }) => callId}
          cells={(one) => <Cells log={one} tenant={tenant} />}
          rowHeight={rowHeightOf(ROW_PX, NARROW_ROW_PX)}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </>
  );
}

function Cells({ log: one, tenant }: { log: CrmLogDto; tenant: string }): ReactNode {
  const { log } = useOwnTexts(own);
  const mayUndo = mayHandle(useRole(tenant)) && one.candidates.length > 0 && one.contact !== null;
  return (
    <>
      <span role="cell">
        <Link to="/t/$tenant/calls/$callId" params={{ tenant, callId: one.callId }}>
          <TimeText at={one.updatedAt} exact />
        </Link>
      </span>
      <span role="cell" className={LOG_TONES[one.state]}>
        {log.states[one.state]}
      </span>
      <span role="cell" className="wide">
        {one.record === null ? '–' : <bdi dir="ltr">{`${one.record.type} ${one.record.id}`}</bdi>}
      </span>
      <span role="cell" className="con-above">
        <ContactName contact={one.contact} />
        {mayUndo && <Undo log={one} tenant={tenant} />}
      </span>
      <span role="cell" className="wide">
        <bdi dir="ltr">{one.taskId ?? ''}</bdi>
      </span>
    </>
  );
}

/** Takes back what somebody chose. */
function Undo({ log: { endpointId, callId }, tenant }: { log: CrmLogDto; tenant: string }): ReactNode {
  const { log } = useOwnTexts(own);
  return (
    <span style={{ marginInlineStart: '0.5rem' }}>
      <ActionButton
        label={log.undo}
        size="compact-xs"
        variant="default"
        confirm={<Text size="sm">{log.undoSure}</Text>}
        stale={[['deliveries', tenant]]}
        act={() => ask('crmLogs.undo', { path: { id: endpointId, callId }, tenant })}
      />
    </span>
  );
}
