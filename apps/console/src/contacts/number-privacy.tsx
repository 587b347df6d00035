import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ErasureDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { download } from '../page/download';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { own } from './texts';

const FROM = '/shell/t/$tenant/contacts/$contactId';
const LOOK_EVERY_MS = 1_000;
const IS_OVER: ReadonlySet<ErasureDto['state']> = new Set(['counted', 'done', 'cancelled', 'failed']);

/** Giving out and erasing all that is kept about a number. It is counted first. */
export function NumberPrivacy({
  tenant,
  numbers,
}: {
  tenant: string;
  numbers: readonly string[];
}): ReactNode {
  const texts = useOwnTexts(own);
  const { erasure } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/contacts/$contactId' });
  const giveOut = async (number: string): Promise<void> => {
    const text = await ask('numbers.export', { path: { number }, tenant });
    download(text, `${number}.ndjson`, 'application/x-ndjson');
  };
  const count = async (number: string): Promise<void> => {
    const { id } = await ask('erasures.create', { body: { number, dryRun: true }, tenant });
    await navigate({ search: { erasure: id } });
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {texts.privacyAbout}
      </Text>
      {numbers.map((number) => (
        <Group key={number} gap="xs">
          <ActionButton
            label={texts.exportNumber(isolated(number))}
            variant="default"
            act={() => giveOut(number)}
          />
          <ActionButton
            label={texts.eraseNumber(isolated(number))}
            variant="default"
            color="red"
            act={() => count(number)}
          />
        </Group>
      ))}
      {erasure !== undefined && <Erasure tenant={tenant} id={erasure} key={erasure} />}
    </Stack>
  );
}

function Erasure({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const query = useQuery({
    queryKey: ['erasures', tenant, id],
    queryFn: ({ signal }) => ask('erasures.get', { path: { id }, tenant, signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && IS_OVER.has(state.data.state) ? false : LOOK_EVERY_MS,
  });
  const stale = [['erasures', tenant]];
  return (
    <Loaded query={query}>
      {({ state, lastDigits, preview, report, reason }) => (
        <Stack gap="xs" aria-live="polite">
          <Text fw={600}>
            {texts.eraseTitle(isolated(lastDigits))}: {texts.eraseStates[state]}
          </Text>
          {reason !== null && <bdi>{reason}</bdi>}
          <Counted report={report ?? preview} isDone={state === 'done'} />
          {state === 'counted' && (
            <Group gap="xs">
              <ActionButton
                label={texts.eraseStart}
                color="red"
                confirm={texts.confirmErase}
                act={() => ask('erasures.start', { path: { id }, body: {}, tenant })}
                stale={stale}
              />
              <ActionButton
                label={actions.cancel}
                variant="default"
                act={() => ask('erasures.cancel', { path: { id }, tenant })}
                stale={stale}
              />
            </Group>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function Counted({ report, isDone }: { report: ErasureDto['report']; isDone: boolean }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  if (report === null) return <Text size="sm">{texts.eraseCounting}</Text>;
  if (report.tables.length === 0) return <Text size="sm">{texts.nothingKept}</Text>;
  return (
    <>
      {!isDone && <Text size="sm">{texts.eraseCounted}</Text>}
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{texts.table}</th>
            <th scope="col">{texts.deleted}</th>
            <th scope="col">{texts.masked}</th>
          </tr>
        </thead>
        <tbody>
          {report.tables.map(({ table, deleted, masked }) => (
            <tr key={table}>
              <th scope="row">
                <bdi>{table}</bdi>
              </th>
              <td className="number">{deleted.toLocaleString(language)}</td>
              <td className="number">{masked.toLocaleString(language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
