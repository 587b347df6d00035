import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { ErasureDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { own } from './privacy-texts';

type Report = NonNullable<ErasureDto['preview']>;

const MOVING: ReadonlySet<ErasureDto['state']> = new Set(['counting', 'telling', 'erasing']);
const ASK_EVERY_MS = 2_000;
const TONES: Partial<Record<ErasureDto['state'], string>> = {
  done: 'tone-good',
  failed: 'tone-bad',
  counted: 'tone-waiting',
};

/** An erasure: what it comes to, how far it is, and starting or cancelling it. */
export function ErasureRow({ erasure, tenant }: { erasure: ErasureDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { state, lastDigits, createdAt, reason, waitsFor, preview, report } = useProgress(erasure, tenant);
  const shown = report ?? preview;
  return (
    <li>
      <div className="settings-what">
        <b>{texts.ends(isolated(lastDigits))}</b> ·{' '}
        <span className={TONES[state] ?? 'tone-quiet'}>{texts.states[state]}</span>
        <Text size="sm" c="dimmed" component="div">
          <TimeText at={createdAt} />
          {waitsFor !== null && ` · ${texts.waits(waitsFor.calls, waitsFor.deliveries)}`}
          {reason !== null && (
            <>
              {' '}
              · <bdi>{reason}</bdi>
            </>
          )}
        </Text>
        {shown !== null && <ReportTable report={shown} />}
      </div>
      <Acts id={erasure.id} state={state} preview={preview} tenant={tenant} />
    </li>
  );
}

/** The newest that is known of it; asked for while it moves. */
function useProgress(erasure: ErasureDto, tenant: string): ErasureDto {
  const client = useQueryClient();
  const { id } = erasure;
  const { data = erasure } = useQuery({
    queryKey: ['settings', tenant, 'erasure', id],
    queryFn: ({ signal }) => ask('erasures.get', { path: { id }, tenant, signal }),
    enabled: MOVING.has(erasure.state),
    refetchInterval: ({ state }) =>
      state.data === undefined || MOVING.has(state.data.state) ? ASK_EVERY_MS : false,
  });
  const isNewer = data.state !== erasure.state;
  useEffect(() => {
    if (isNewer && !MOVING.has(data.state))
      void client.invalidateQueries({ queryKey: ['settings', tenant, 'erasures'] });
  }, [client, data.state, isNewer, tenant]);
  return data.updatedAt >= erasure.updatedAt ? data : erasure;
}

interface ActsProps {
  id: string;
  state: ErasureDto['state'];
  preview: Report | null;
  tenant: string;
}

function Acts({ id, state, preview, tenant }: ActsProps): ReactNode {
  const texts = useOwnTexts(own);
  const [force, setForce] = useState(false);
  const stale = [['settings', tenant, 'erasures']];
  const rows = (preview?.tables ?? []).reduce((sum, { deleted, masked }) => sum + deleted + masked, 0);
  return (
    <div className="settings-acts">
      {state === 'counted' && (
        <ActionButton
          label={texts.start}
          color="red"
          confirm={
            <Stack gap="xs">
              <Text>{texts.startConfirm(texts.rows(rows))}</Text>
              <Checkbox
                label={texts.force}
                checked={force}
                onChange={({ currentTarget }) => {
                  setForce(currentTarget.checked);
                }}
              />
            </Stack>
          }
          act={() => ask('erasures.start', { path: { id }, body: { force }, tenant })}
          stale={stale}
        />
      )}
      {['counting', 'counted', 'telling'].includes(state) && (
        <ActionButton
          label={texts.cancel}
          variant="default"
          act={() => ask('erasures.cancel', { path: { id }, tenant })}
          stale={stale}
        />
      )}
    </div>
  );
}

function ReportTable({
  report: { tables, skipped, skippedMore, recordings, recordingsMore },
}: {
  report: Report;
}): ReactNode {
  const texts = useOwnTexts(own);
  const touched = tables.filter(({ deleted, masked }) => deleted + masked > 0);
  const [left, kept] = [skipped.length + skippedMore, recordings.length + recordingsMore];
  return (
    <details>
      <summary>
        {texts.report}: {texts.rows(touched.reduce((sum, { deleted, masked }) => sum + deleted + masked, 0))}
      </summary>
      <table className="settings-table">
        <thead>
          <tr>
            <th>{texts.table}</th>
            <th>{texts.deleted}</th>
            <th>{texts.masked}</th>
          </tr>
        </thead>
        <tbody>
          {touched.map(({ table, deleted, masked }) => (
            <tr key={table}>
              <td>
                <bdi>{table}</bdi>
              </td>
              <td className="number">{deleted}</td>
              <td className="number">{masked}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <Text size="sm">{texts.skipped(left)}</Text>}
      {kept > 0 && <Text size="sm">{texts.recordings(kept)}</Text>}
    </details>
  );
}
