import { NativeSelect, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AgentStatusDto } from '../api/operations';
import { usePortal } from '../app/portal';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { ElapsedText } from './elapsed-text';
import type { Said } from './popup';
import { own } from './texts';
import { useDialling } from './use-dial';

const STANDINGS = [
  { number: 1, standing: 'available' },
  { number: 3, standing: 'paused' },
  { number: 2, standing: 'away' },
] as const;

/** Whether the agent may be called for, in the words of the tenant. */
export function OwnState({ tenant, said: state }: { tenant: string; said: Said | null }): ReactNode {
  const texts = useOwnTexts(own);
  const { phone } = useDialling();
  const statuses = useStatuses(tenant);
  const { connectionId = phone?.connectionId, extension = phone?.extension } = state ?? {};
  const saying = useMutation({
    mutationFn: async ({ standing, number }: Pick<AgentStatusDto, 'standing' | 'number'>) => {
      if (connectionId === undefined) return;
      await ask('ownState.put', { body: { connectionId, extension, standing, status: number }, tenant });
    },
  });
  return (
    <div className="own-state">
      <NativeSelect
        size="xs"
        aria-label={texts.state}
        disabled={connectionId === undefined || saying.isPending}
        data={[
          ...(state === null ? [{ value: '', label: texts.unknownState }] : []),
          ...statuses.map(({ number, standing, name }) => ({
            value: String(number),
            label: name ?? texts.standings[standing],
          })),
        ]}
        value={state === null ? '' : String(state.status)}
        onChange={({ currentTarget: { value } }) => {
          const status = statuses.find(({ number }) => String(number) === value);
          if (status !== undefined) saying.mutate(status);
        }}
      />
      {state !== null && (
        <Text size="xs" c="dimmed" component="span">
          <ElapsedText since={state.since} />
        </Text>
      )}
      {saying.error !== null && <ProblemNotice error={saying.error} />}
    </div>
  );
}

interface Status {
  number: number;
  standing: AgentStatusDto['standing'];
  /** In the tenant's words; null for a plain one in ours. */
  name: string | null;
}

/** A portal is not told the tenant's words: the plain ones are understood everywhere. */
function useStatuses(tenant: string): readonly Status[] {
  const { data } = useQuery({
    queryKey: ['statuses', tenant],
    queryFn: ({ signal }) => ask('agentStatuses.list', { tenant, signal }),
    staleTime: 60_000,
    enabled: usePortal() === null,
  });
  return data?.data ?? STANDINGS.map((one) => ({ ...one, name: null }));
}
