import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { NewVoipnowRowDto, VoipnowRowDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import { fieldErrorsOf, isAllShown, type FieldErrors } from './field-errors';
import { ownTabs } from './tab-texts';

const KINDS = [0, 1, 2, 3, 4] as const;
const FIELDS = ['extension', 'kind', 'method', 'url', 'note'];

interface RequestFormProps {
  id: string;
  tenant: string;
  /** Undefined: a new one. */
  row: VoipnowRowDto | undefined;
  whenDone: () => void;
}

export function RequestForm({ id, tenant, row, whenDone }: RequestFormProps): ReactNode {
  const { requests } = useOwnTexts(ownTabs);
  const { actions } = useTexts();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Required<NewVoipnowRowDto>>({
    extension: row?.extension ?? '*',
    kind: row?.kind ?? 0,
    method: row?.method ?? 'GET',
    url: row?.url ?? '',
    note: row?.note ?? '',
    active: row?.active ?? true,
  });
  const set = (patch: Partial<NewVoipnowRowDto>): void => {
    setDraft({ ...draft, ...patch });
  };
  const stale = [['endpoints', tenant, id]];
  const save = useMutation({
    mutationFn: () =>
      row === undefined
        ? ask('voipnowRows.add', { path: { id }, body: draft, tenant })
        : ask('voipnowRows.change', { path: { id, eventId: row.eventId }, body: draft, tenant }),
    onSuccess: async () => {
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      whenDone();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <Inputs draft={draft} set={set} errors={fieldErrorsOf(save.error)} />
        {save.error !== null && !isAllShown(save.error, FIELDS) && <ProblemNotice error={save.error} />}
        <Group justify="space-between">
          <Button type="submit" loading={save.isPending}>
            {actions.save}
          </Button>
          {row !== undefined && (
            <ActionButton
              label={requests.remove}
              color="red"
              variant="outline"
              act={() => ask('voipnowRows.remove', { path: { id, eventId: row.eventId }, tenant })}
              stale={stale}
              confirm={requests.removeAbout}
              whenDone={whenDone}
            />
          )}
        </Group>
      </Stack>
    </form>
  );
}

interface InputsProps {
  draft: Required<NewVoipnowRowDto>;
  set: (patch: Partial<NewVoipnowRowDto>) => void;
  errors: FieldErrors;
}

function Inputs({ draft, set, errors }: InputsProps): ReactNode {
  const { requests } = useOwnTexts(ownTabs);
  return (
    <>
      <NativeSelect
        label={requests.kind}
        data={KINDS.map((kind) => ({ value: String(kind), label: requests.kinds[kind] ?? String(kind) }))}
        value={String(draft.kind)}
        onChange={(event) => {
          set({ kind: Number(event.currentTarget.value) });
        }}
      />
      <TextInput
        label={requests.extension}
        description={requests.extensionHint}
        dir="ltr"
        error={errors['extension']}
        value={draft.extension}
        onChange={(event) => {
          set({ extension: event.currentTarget.value });
        }}
      />
      <NativeSelect
        label={requests.method}
        data={['GET', 'POST']}
        value={draft.method}
        onChange={(event) => {
          set({ method: event.currentTarget.value === 'POST' ? 'POST' : 'GET' });
        }}
      />
      <TextInput
        label={requests.url}
        dir="ltr"
        error={errors['url']}
        value={draft.url}
        onChange={(event) => {
          set({ url: event.currentTarget.value });
        }}
      />
      <TextInput
        label={requests.note}
        error={errors['note']}
        value={draft.note}
        onChange={(event) => {
          set({ note: event.currentTarget.value });
        }}
      />
      <Switch
        label={requests.active}
        checked={draft.active}
        onChange={(event) => {
          set({ active: event.currentTarget.checked });
        }}
      />
    </>
  );
}
