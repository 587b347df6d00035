import { Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { MappingPutDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { ownMapping } from './mapping-texts';
import { MappingOutcome } from './mapping-outcome';
import { readSample } from './read-sample';

const TYPED_MS = 400;

interface MappingTryProps {
  tenant: string;
  id: string;
  /** The mapping as it is on the screen, kept or not; undefined while it is none. */
  wish: MappingPutDto | undefined;
}

/** A message of the PBX is pasted, and the mapping tells what it makes of it. */
export function MappingTry({ tenant, id, wish }: MappingTryProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const [pasted, paste] = useState('');
  const [typed] = useDebouncedValue(pasted.trim(), TYPED_MS);
  const { data, error } = useQuery({
    queryKey: ['mapping-try', tenant, id, wish, typed],
    queryFn: ({ signal }) => {
      const request = { ...readSample(typed) };
      return ask('mappings.try', { body: { ...wish, connectionId: id, request }, tenant, signal });
    },
    enabled: wish !== undefined && typed !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const mended = data?.problems.length === 0 ? data : undefined;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {texts.sampleAbout}
      </Text>
      <Textarea
        label={texts.pasted}
        dir="ltr"
        rows={8}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'code-lines' }}
        value={pasted}
        onChange={({ currentTarget }) => {
          paste(currentTarget.value);
        }}
      />
      {typed !== '' && error !== null && <ProblemNotice error={error} />}
      {typed !== '' && (wish === undefined || (data !== undefined && mended === undefined)) && (
        <Text size="sm">{texts.mend}</Text>
      )}
      {typed !== '' && mended !== undefined && <MappingOutcome tried={mended} />}
    </Stack>
  );
}
