import { Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../page/action-button';
import { useLanguage, useOwnTexts } from '../texts/language';
import { ColumnMap } from './column-map';
import { repeatedColumns } from './column-words';
import type { ImportDetail, ImportKind } from './import-kind';
import { ReadAs } from './read-as';
import { own } from './texts';

interface MapColumnsProps {
  kind: ImportKind;
  found: ImportDetail;
  file: File | undefined;
  sent: (file: File, importId: string) => void;
  children?: ReactNode;
}

/** A file that waits for somebody to say what its columns hold, and to try or to import it. */
export function MapColumns({ kind, found, file, sent, children }: MapColumnsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const [words, setWords] = useState<string[]>([...found.columns]);
  const isChecked = found.state === 'checked';
  const start = (dryRun: boolean) => () =>
    kind.start(found.id, { columns: words, country: found.country ?? undefined, dryRun });
  const cannot = repeatedColumns(words).length > 0 || words.every((word) => word === '');
  return (
    <Stack gap="md">
      <section>
        <Title order={2} size="h4" mb={4}>
          {texts.readAs}
        </Title>
        <ReadAs kind={kind} found={found} file={file} sent={sent} />
      </section>
      <section>
        <Title order={2} size="h4">
          {texts.map}
        </Title>
        <Text size="sm" c="dimmed" mb={4}>
          {texts.mapAbout}
        </Text>
        <ColumnMap file={found} words={words} choices={kind.columns} change={setWords} />
      </section>
      {children}
      <Group gap="sm">
        <ActionButton
          label={texts.check}
          variant={isChecked ? 'default' : 'filled'}
          disabled={cannot}
          act={start(true)}
          stale={[kind.key]}
        />
        <ActionButton
          label={isChecked ? texts.start : texts.startAnyway}
          variant={isChecked ? 'filled' : 'default'}
          disabled={cannot}
          confirm={isChecked ? texts.confirmStart(found.rows.toLocaleString(language)) : texts.confirmUnknown}
          act={start(false)}
          stale={[kind.key]}
        />
      </Group>
    </Stack>
  );
}
