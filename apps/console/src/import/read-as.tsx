import { Group, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { useSending } from './choose-file';
import type { ImportDetail, ImportKind, UploadAsk } from './import-kind';
import { own } from './texts';

/** What files of this world are written in, beside the one that was found out. */
const CHARSETS = [
  ...['utf-8', 'utf-16le', 'windows-1252', 'windows-1255', 'iso-8859-8', 'windows-1251', 'windows-1256'],
  ...['windows-1250', 'windows-1254', 'gb18030', 'shift_jis', 'euc-kr'],
];

interface ReadAsProps {
  kind: ImportKind;
  found: ImportDetail;
  /** Undefined where the page was opened again: then it cannot be read in another way. */
  file: File | undefined;
  sent: (file: File, importId: string) => void;
}

/** How the file was read; another way sends it once more. */
export function ReadAs({ kind, found, file, sent }: ReadAsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { send, isSending, error } = useSending(kind, sent);
  const { charset, delimiter, hasHeader, country } = found;
  const again = (how: Partial<UploadAsk>): void => {
    const was = { charset, delimiter, hasHeader, country: country ?? undefined };
    if (file !== undefined) send(file, { ...was, ...how });
  };
  const isFixed = file === undefined || isSending;
  return (
    <Stack gap={4}>
      <Group gap="sm" align="flex-end" role="group" aria-label={texts.readAs}>
        <NativeSelect
          size="xs"
          label={texts.charset}
          disabled={isFixed}
          data={[...new Set([charset, ...CHARSETS])]}
          value={charset}
          onChange={({ currentTarget }) => {
            again({ charset: currentTarget.value });
          }}
        />
        <NativeSelect
          size="xs"
          label={texts.delimiter}
          disabled={isFixed}
          data={Object.entries(texts.delimiters).map(([value, label]) => ({ value, label }))}
          value={delimiter}
          onChange={({ currentTarget }) => {
            again({ delimiter: currentTarget.value });
          }}
        />
        <Switch
          size="xs"
          label={texts.hasHeader}
          disabled={isFixed}
          checked={hasHeader}
          onChange={({ currentTarget }) => {
            again({ hasHeader: currentTarget.checked });
          }}
        />
      </Group>
      {file === undefined && (
        <Text size="sm" c="dimmed">
          {texts.fileGone}
        </Text>
      )}
      {error !== null && <ProblemNotice error={error} />}
    </Stack>
  );
}
