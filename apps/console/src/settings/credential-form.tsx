import { Checkbox, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ApiCredentialDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import { AgentSelect } from './agent-select';
import { own } from './credentials-texts';
import { linesOf } from './lines-of';
import { SendForm } from './send-form';
import { own as words } from './texts';

export const RIGHTS = [
  'call',
  'read',
  'agents',
  'lists',
  'realtime',
  'events',
  'despite_do_not_call',
] as const;

/** What of a credential can be changed later as well. */
export interface CredentialTraits {
  name: string;
  rights: readonly (typeof RIGHTS)[number][];
  perMinute: number;
  allowFrom: readonly string[];
  agentId: string | null;
  scope: 'account' | 'agent';
}

interface CredentialFormProps<T> {
  label: string;
  tenant: string;
  begin?: Pick<ApiCredentialDto, 'name' | 'rights' | 'perMinute' | 'allowFrom' | 'agentId'> | undefined;
  send: (traits: CredentialTraits) => Promise<T>;
  whenSent: (answer: T) => void;
  disabled?: boolean;
  children?: ReactNode;
}

const EMPTY = { name: '', rights: ['read' as const], perMinute: 60, allowFrom: [], agentId: null };

/** Who may use the API as a vendor's, for what, from where and how often. */
export function CredentialForm<T>(props: CredentialFormProps<T>): ReactNode {
  const { label, tenant, begin = EMPTY, send, whenSent, disabled = false, children } = props;
  const texts = useOwnTexts(own);
  const { name: nameWord } = useOwnTexts(words);
  const [name, setName] = useState(begin.name);
  const [rights, setRights] = useState<string[]>([...begin.rights]);
  const [perMinute, setPerMinute] = useState(begin.perMinute);
  const [from, setFrom] = useState(begin.allowFrom.join('\n'));
  const [agentId, setAgent] = useState(begin.agentId);
  const chosen = RIGHTS.filter((right) => rights.includes(right));
  const scope = agentId === null ? 'account' : 'agent';
  return (
    <SendForm
      label={label}
      disabled={disabled || chosen.length === 0}
      send={() => send({ name, rights: chosen, perMinute, allowFrom: linesOf(from), agentId, scope })}
      stale={[['settings', tenant, 'credentials']]}
      whenSent={whenSent}
    >
      {children}
      <TextInput
        label={nameWord}
        required
        withAsterisk={false}
        value={name}
        onChange={({ currentTarget }) => {
          setName(currentTarget.value);
        }}
      />
      <AgentSelect tenant={tenant} label={texts.agent} value={agentId} choose={setAgent} />
      <NumberInput
        label={texts.perMinute}
        min={1}
        hideControls
        value={perMinute}
        onChange={(value) => {
          if (typeof value === 'number') setPerMinute(value);
        }}
      />
      <Textarea
        label={texts.allowFrom}
        description={texts.allowFromHint}
        dir="ltr"
        autosize
        value={from}
        onChange={({ currentTarget }) => {
          setFrom(currentTarget.value);
        }}
      />
      <Checkbox.Group className="wide" label={texts.rights} value={rights} onChange={setRights}>
        <Group gap="md" mt={4}>
          {RIGHTS.map((right) => (
            <Checkbox key={right} value={right} label={texts.rightWords[right]} />
          ))}
        </Group>
      </Checkbox.Group>
    </SendForm>
  );
}
