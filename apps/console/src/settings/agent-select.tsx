import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own } from './people-texts';
import { useAgents } from './use-agents';

interface AgentSelectProps extends Pick<NativeSelectProps, 'size'> {
  tenant: string;
  value: string | null;
  choose: (agentId: string | null) => void;
  label?: string;
}

/** One of the tenant's agents, or none. */
export function AgentSelect({ tenant, value, choose, label, ...looks }: AgentSelectProps): ReactNode {
  const texts = useOwnTexts(own);
  const agents = useAgents(tenant);
  return (
    <NativeSelect
      {...looks}
      label={label ?? texts.agent}
      data={[
        { value: '', label: texts.noAgent },
        ...agents.map(({ id, name, code }) => ({
          value: id,
          label: code === null ? name : `${name} (${code})`,
        })),
      ]}
      value={value ?? ''}
      onChange={({ currentTarget }) => {
        choose(currentTarget.value || null);
      }}
    />
  );
}
