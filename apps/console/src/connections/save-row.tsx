import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useTexts } from '../texts/language';

interface SaveRowProps {
  save: () => Promise<unknown>;
  close: () => void;
  stale: readonly (readonly unknown[])[];
  children: ReactNode;
}

/** The form of a row: its fields, and whether to keep them. */
export function SaveRow({ save, close, stale, children }: SaveRowProps): ReactNode {
  const { actions } = useTexts();
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <div className="form-grid">{children}</div>
      {saving.error !== null && <ProblemNotice error={saving.error} />}
      <Group gap="xs" mt="sm">
        <Button type="submit" size="xs" loading={saving.isPending}>
          {actions.save}
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          {actions.cancel}
        </Button>
      </Group>
    </form>
  );
}
