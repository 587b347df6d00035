import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { PersonDto } from '../api/operations';
import { Listed } from '../list/listed';
import { useOwnTexts } from '../texts/language';
import { EditableRows } from './editable-rows';
import { SaveRow } from './save-row';
import { TextField, orNull } from './text-field';
import { own } from './texts';
import { agentsKey, useAgents } from './use-agents';
import { connectionsKey } from './use-connection';
import { useMayManage } from './use-may-manage';

/** The people whose calls they are. */
export function AgentRows({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { people } = texts;
  const { rows, query } = useAgents(tenant);
  const mayChange = useMayManage(tenant);
  return (
    <Listed error={query.error} retry={query.refetch} count={rows && 1} none="">
      <EditableRows
        title={people.agents}
        about={people.agentsAbout}
        none={people.noAgents}
        add={people.addAgent}
        columns={[
          { name: texts.name, show: ({ name }: PersonDto) => <bdi>{name}</bdi> },
          { name: people.code, show: ({ code }: PersonDto) => <bdi>{code ?? '–'}</bdi> },
          { name: people.email, wide: true, show: ({ email }: PersonDto) => <bdi>{email ?? '–'}</bdi> },
          {
            name: people.externalId,
            wide: true,
            show: ({ externalId }: PersonDto) => <bdi>{externalId ?? '–'}</bdi>,
          },
        ]}
        rows={rows ?? []}
        nameOf={({ name }) => name}
        mayChange={mayChange}
        form={(agent, close) => <Form tenant={tenant} agent={agent} close={close} />}
        remove={({ id }) => ask('agents.remove', { path: { id }, tenant })}
        removeAsk={people.removeAgent}
        stale={[connectionsKey(tenant)]}
        more={query.hasNextPage ? query.fetchNextPage : undefined}
      />
    </Listed>
  );
}

interface FormProps {
  tenant: string;
  agent: PersonDto | undefined;
  close: () => void;
}

function Form({ tenant, agent, close }: FormProps): ReactNode {
  const texts = useOwnTexts(own);
  const { people } = texts;
  const [name, setName] = useState(agent?.name ?? '');
  const [code, setCode] = useState(agent?.code ?? '');
  const [email, setEmail] = useState(agent?.email ?? '');
  const [externalId, setExternalId] = useState(agent?.externalId ?? '');
  const save = (): Promise<unknown> => {
    const body = { name, code: orNull(code), email: orNull(email), externalId: orNull(externalId) };
    return agent === undefined
      ? ask('agents.create', { body, tenant })
      : ask('agents.patch', { path: { id: agent.id }, body, tenant });
  };
  return (
    <SaveRow save={save} close={close} stale={[agentsKey(tenant)]}>
      <TextField label={texts.name} required maxLength={200} value={name} change={setName} />
      <TextField label={people.code} maxLength={64} value={code} change={setCode} />
      <TextField label={people.email} type="email" maxLength={254} value={email} change={setEmail} />
      <TextField label={people.externalId} maxLength={200} value={externalId} change={setExternalId} />
    </SaveRow>
  );
}
