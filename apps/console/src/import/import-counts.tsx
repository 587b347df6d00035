import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ActionButton } from '../page/action-button';
import { download } from '../page/download';
import { useLanguage, useOwnTexts } from '../texts/language';
import { partHandled } from './column-words';
import './import.css';
import type { ImportDetail, ImportFacts, ImportKind } from './import-kind';
import { own } from './texts';

interface ImportCountsProps {
  kind: ImportKind;
  found: ImportDetail;
  show: (importId: string | undefined) => void;
}

const TONES: Partial<Record<ImportFacts['state'], string>> = {
  failed: 'tone-bad',
  done: 'tone-good',
  running: 'tone-waiting',
  undoing: 'tone-waiting',
};

/** How far an import is, what became of its rows, and what can be done about it. */
export function ImportCounts({ kind, found, show }: ImportCountsProps): ReactNode {
  const texts = useOwnTexts(own);
  const goesOn = found.state === 'running' || found.state === 'undoing';
  const part = partHandled(found);
  return (
    <Stack gap="sm" aria-live="polite">
      <Group gap="sm">
        <Text fw={600}>
          <bdi>{found.fileName ?? found.id}</bdi>
        </Text>
        <Text className={TONES[found.state]}>{stateText(found, texts)}</Text>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            show(undefined);
          }}
        >
          {texts.another}
        </Button>
      </Group>
      {goesOn && <Progress value={part} aria-label={texts.progress} animated />}
      {found.reason !== null && (
        <Text size="sm" className="tone-bad">
          <bdi>{found.reason}</bdi>
        </Text>
      )}
      {found.state !== 'waiting' && <Counted found={found} />}
      <Acts kind={kind} found={found} />
    </Stack>
  );
}

function Counted({ found }: { found: ImportDetail }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const counts = [
    { label: texts.rows, count: found.rows },
    ...found.counts,
    { label: texts.failed, count: found.failed },
    ...(found.undone + found.undoRefused > 0
      ? [
          { label: texts.undone, count: found.undone },
          { label: texts.undoRefused, count: found.undoRefused },
        ]
      : []),
  ];
  return (
    <>
      {found.state === 'checked' && <Text size="sm">{texts.checkedAbout}</Text>}
      <dl className="counts">
        {counts.map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{count.toLocaleString(language)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Acts({ kind, found }: Omit<ImportCountsProps, 'show'>): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { id, state, dryRun, rows, failed } = found;
  const isIn = !dryRun && (state === 'done' || state === 'cancelled' || state === 'failed');
  return (
    <Group gap="sm">
      {state === 'running' && (
        <ActionButton
          label={texts.cancel}
          variant="default"
          confirm={texts.confirmCancel}
          act={() => kind.cancel(id)}
          stale={[kind.key]}
        />
      )}
      {state !== 'waiting' && rows > 0 && (
        <ActionButton
          label={texts.faults}
          variant="default"
          act={async () => {
            download(await kind.faults(id), 'faults.csv', 'text/csv');
          }}
        />
      )}
      {isIn && (
        <ActionButton
          label={texts.undo}
          variant="default"
          color="red"
          confirm={texts.confirmUndo((rows - failed).toLocaleString(language))}
          act={() => kind.undo(id)}
          stale={[kind.key]}
        />
      )}
    </Group>
  );
}

export function stateText({ state, dryRun }: ImportFacts, texts: (typeof own)['en']): string {
  return state === 'running' && dryRun ? texts.checking : texts.states[state];
}
