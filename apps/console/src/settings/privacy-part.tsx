import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { useOwnTexts } from '../texts/language';
import { ErasureRow } from './erasure-row';
import { MoreButton } from './more-button';
import { Part } from './part';
import { own } from './privacy-texts';
import { SendForm } from './send-form';

/** All that is kept about a number: given out, or erased. */
export function PrivacyPart({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { rows, query } = usePages(['settings', tenant, 'erasures'], (cursor, signal) =>
    ask('erasures.list', { query: { limit: 50, cursor }, tenant, signal }),
  );
  return (
    <>
      <Part title={texts.make}>
        <Text size="sm">{texts.about}</Text>
        <NewErasure tenant={tenant} />
      </Part>
      <Part title={texts.list}>
        <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
          <ul className="settings-rows">
            {rows?.map((erasure) => (
              <ErasureRow key={erasure.id} erasure={erasure} tenant={tenant} />
            ))}
          </ul>
          <MoreButton query={query} />
        </Listed>
      </Part>
    </>
  );
}

const KEEPS = ['anonymous', 'nothing'] as const;

function NewErasure({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [number, setNumber] = useState('');
  const [country, setCountry] = useState('');
  const [keep, setKeep] = useState<(typeof KEEPS)[number]>('anonymous');
  const about = { number, ...(country !== '' && { country: country.toUpperCase() }) };
  return (
    <Stack gap="sm">
      <SendForm
        label={texts.count}
        send={() => ask('erasures.create', { body: { ...about, keep, dryRun: true }, tenant })}
        stale={[['settings', tenant, 'erasures']]}
      >
        <TextInput
          label={texts.number}
          type="tel"
          dir="ltr"
          required
          withAsterisk={false}
          value={number}
          onChange={({ currentTarget }) => {
            setNumber(currentTarget.value);
          }}
        />
        <TextInput
          label={texts.country}
          description={texts.countryHint}
          maxLength={2}
          dir="ltr"
          value={country}
          onChange={({ currentTarget }) => {
            setCountry(currentTarget.value);
          }}
        />
        <NativeSelect
          label={texts.keep}
          data={KEEPS.map((one) => ({ value: one, label: texts.keeps[one] }))}
          value={keep}
          onChange={({ currentTarget: { value } }) => {
            setKeep(KEEPS.find((one) => one === value) ?? 'anonymous');
          }}
        />
      </SendForm>
      <Export tenant={tenant} {...about} />
    </Stack>
  );
}

function Export({
  tenant,
  number,
  country,
}: {
  tenant: string;
  number: string;
  country?: string;
}): ReactNode {
  const texts = useOwnTexts(own);
  const giving = useMutation({
    mutationFn: async () => {
      const lines = await ask('numbers.export', { path: { number }, query: { country }, tenant });
      const text = typeof lines === 'string' ? lines : JSON.stringify(lines);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
      link.download = `${number.replace(/\D/g, '')}.ndjson`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={number === ''}
          loading={giving.isPending}
          onClick={() => {
            giving.mutate();
          }}
        >
          {texts.export}
        </Button>
        <Text size="sm" c="dimmed">
          {texts.exportAbout}
        </Text>
      </Group>
      {giving.error !== null && <ProblemNotice error={giving.error} />}
    </>
  );
}
