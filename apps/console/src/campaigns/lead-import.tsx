import { Group, NativeSelect, Progress, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { LeadImportDetailDto, StartLeadImportDto } from '../api/operations';
import { download } from '../page/download';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';
import { useWritten } from './use-written';

const RUNS = new Set<LeadImportDetailDto['state']>(['running', 'uploading', 'undoing']);
const LOOK_EVERY_MS = 1_000;
const DUPLICATES = ['open', 'campaign', 'tenant'] as const;

/** One file of leads: what its columns are, how far it is, what came of it. */
export function LeadImport({ campaign, tenant, importId }: PartProps & { importId: string }): ReactNode {
  const path = { campaignId: campaign.id, id: importId };
  const query = useQuery({
    queryKey: ['campaigns', tenant, campaign.id, 'imports', importId],
    queryFn: ({ signal }) => ask('leadImports.get', { path, tenant, signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && RUNS.has(data.state) ? LOOK_EVERY_MS : false,
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <Stack gap="md">
          <Standing file={data} />
          {(data.state === 'waiting' || data.state === 'checked') && (
            <Start file={data} campaign={campaign} tenant={tenant} key={data.id} />
          )}
          <Acts file={data} campaign={campaign} tenant={tenant} />
        </Stack>
      )}
    </Loaded>
  );
}

type FileProps = PartProps & { file: LeadImportDetailDto };

function Standing({ file }: { file: LeadImportDetailDto }): ReactNode {
  const { file: texts } = useOwnTexts(own);
  const { count, percent } = useWritten();
  const { state, bytes, handledBytes, reason } = file;
  const share = bytes === 0 ? 0 : handledBytes / bytes;
  const some = (value: number): string | undefined => (value === 0 ? undefined : count(value));
  return (
    <div className="campaign-part">
      <h2>
        <bdi>{file.fileName ?? file.id}</bdi>: {texts.states[state]}
      </h2>
      {reason !== null && (
        <Text size="sm" className="tone-bad">
          <bdi>{reason}</bdi>
        </Text>
      )}
      {RUNS.has(state) && <Progress value={share * 100} aria-label={texts.progress} my="xs" />}
      {state !== 'waiting' && (
        <Facts
          of={{
            [texts.progress]: RUNS.has(state) ? percent(share) : undefined,
            [texts.rows]: count(file.rows),
            [file.dryRun ? texts.wouldBeMade : texts.made]: count(file.made),
            [texts.duplicate]: some(file.duplicates),
            [texts.repeated]: some(file.repeated),
            [texts.invalid]: some(file.invalid),
            [texts.failed]: some(file.failed),
            [texts.undone]: some(file.undone),
            [texts.undoRefused]: some(file.undoRefused),
          }}
        />
      )}
    </div>
  );
}

/** What each column is taken for, which was guessed, and how to go about it. */
function Start({ file, campaign, tenant }: FileProps): ReactNode {
  const { file: texts } = useOwnTexts(own);
  const [columns, setColumns] = useState<readonly string[]>(file.columns);
  const [duplicates, setDuplicates] = useState(file.duplicatesOf);
  const [keepInvalid, setKeepInvalid] = useState(file.keepInvalid);
  const path = { campaignId: campaign.id, id: file.id };
  const stale = [['campaigns', tenant, campaign.id]];
  const start = (dryRun: boolean): (() => Promise<unknown>) => {
    const body: StartLeadImportDto = { columns, duplicates, keepInvalid, dryRun };
    return () => ask('leadImports.start', { path, body, tenant });
  };
  return (
    <Stack gap="sm" className="campaign-part">
      <h2>{texts.columns}</h2>
      <Columns file={file} columns={columns} set={setColumns} />
      <NativeSelect
        label={texts.duplicates}
        data={DUPLICATES.map((of) => ({ value: of, label: texts.duplicatesOf[of] }))}
        value={duplicates}
        maw={360}
        onChange={({ currentTarget: { value } }) => {
          setDuplicates(DUPLICATES.find((of) => of === value) ?? 'open');
        }}
      />
      <Switch
        label={texts.keepInvalid}
        checked={keepInvalid}
        onChange={({ currentTarget: { checked } }) => {
          setKeepInvalid(checked);
        }}
      />
      <Group>
        <ActionButton label={texts.dryRun} variant="default" size="sm" act={start(true)} stale={stale} />
        <ActionButton label={texts.start} size="sm" act={start(false)} stale={stale} />
      </Group>
    </Stack>
  );
}

interface ColumnsProps {
  file: LeadImportDetailDto;
  columns: readonly string[];
  set: (columns: readonly string[]) => void;
}

function Columns({ file, columns, set }: ColumnsProps): ReactNode {
  const { file: texts } = useOwnTexts(own);
  const nameOf = (index: number): string => file.header[index] ?? String(index + 1);
  const choices = (index: number) => [
    { value: '', label: texts.leaveOut },
    ...Object.entries(texts.plain).map(([value, label]) => ({ value, label })),
    { value: customOf(nameOf(index), columns[index]), label: texts.custom },
  ];
  return (
    <div className="campaign-scroll" role="region" aria-label={texts.columns} tabIndex={0}>
      <table className="campaign-table">
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col">
                <NativeSelect
                  size="xs"
                  miw={130}
                  label={<bdi>{nameOf(index)}</bdi>}
                  data={choices(index)}
                  value={column}
                  onChange={({ currentTarget: { value } }) => {
                    set(columns.map((before, at) => (at === index ? value : before)));
                  }}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.sample.map((row, at) => (
            <tr key={at}>
              {columns.map((_, index) => (
                <td key={index}>
                  <bdi>{row[index]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The name under which a column is told with the call: what was guessed, or the header's as a variable can be called. */
function customOf(header: string, guessed = ''): string {
  if (guessed.startsWith('custom:')) return guessed;
  const name = header.replace(/\W+/g, '_').replace(/^_+|_+$/g, '');
  return `custom:${name === '' ? 'value' : name}`;
}

function Acts({ file, campaign, tenant }: FileProps): ReactNode {
  const { file: texts } = useOwnTexts(own);
  const { count } = useWritten();
  const path = { campaignId: campaign.id, id: file.id };
  const stale = [['campaigns', tenant, campaign.id]];
  const isOver = file.state === 'done' || file.state === 'cancelled' || file.state === 'failed';
  return (
    <Group>
      {file.state === 'running' && (
        <ActionButton
          label={texts.cancel}
          variant="default"
          confirm={texts.cancelAsks}
          act={() => ask('leadImports.cancel', { path, tenant })}
          stale={stale}
        />
      )}
      {isOver && !file.dryRun && file.made > 0 && (
        <ActionButton
          label={texts.undo}
          color="red"
          variant="outline"
          confirm={texts.undoAsks(count(file.made))}
          act={() => ask('leadImports.undo', { path, tenant })}
          stale={stale}
        />
      )}
      {file.failed + file.invalid > 0 && (
        <ActionButton
          label={texts.faults}
          variant="default"
          act={async () => {
            download(await ask('leadImports.faults', { path, tenant }), 'faults.csv', 'text/csv');
          }}
        />
      )}
    </Group>
  );
}
