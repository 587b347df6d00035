import { NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ExtensionDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { useOwnTexts } from '../texts/language';
import { EditableRows } from './editable-rows';
import { SaveRow } from './save-row';
import { TextField, orNull } from './text-field';
import { own } from './texts';
import { useAgents } from './use-agents';
import { connectionsKey } from './use-connection';
import { useMayManage } from './use-may-manage';

/** The phones of a PBX, and whose they are. */
export function ExtensionRows({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { people } = useOwnTexts(own);
  const key = [...connectionsKey(tenant), id, 'extensions'];
  const { rows, query } = usePages(key, (cursor, signal) =>
    ask('extensions.list', { path: { id }, query: { limit: 100, cursor }, tenant, signal }),
  );
  const agents = useAgents(tenant).rows ?? [];
  const mayChange = useMayManage(tenant);
  const whose = ({ agentId }: ExtensionDto): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? (agentId === null ? people.nobody : '–');
  return (
    <Listed error={query.error} retry={query.refetch} count={rows && 1} none="">
      <EditableRows
        title={people.extensions}
        none={people.noExtensions}
        add={people.addExtension}
        columns={[
          { name: people.number, show: ({ number }: ExtensionDto) => <bdi>{number}</bdi> },
          { name: people.agent, show: (extension: ExtensionDto) => <bdi>{whose(extension)}</bdi> },
          { name: people.label, wide: true, show: ({ label }: ExtensionDto) => <bdi>{label ?? '–'}</bdi> },
          {
            name: people.aliases,
            wide: true,
            show: ({ aliases }: ExtensionDto) => <bdi>{aliases.join(', ') || '–'}</bdi>,
          },
        ]}
        rows={rows ?? []}
        nameOf={({ number }) => number}
        mayChange={mayChange}
        form={(extension, close) => <Form tenant={tenant} id={id} extension={extension} close={close} />}
        remove={({ number }) => ask('extensions.remove', { path: { id, number }, tenant })}
        removeAsk={people.removeExtension}
        stale={[key]}
        more={query.hasNextPage ? query.fetchNextPage : undefined}
      />
    </Listed>
  );
}

interface FormProps {
  tenant: string;
  id: string;
  extension: ExtensionDto | undefined;
  close: () => void;
}

function Form({ tenant, id, extension, close }: FormProps): ReactNode {
  const { people } = useOwnTexts(own);
  const [draft, setDraft] = useState(() => ({
    number: extension?.number ?? '',
    agentId: extension?.agentId ?? '',
    label: extension?.label ?? '',
    aliases: extension?.aliases.join(', ') ?? '',
    callerId: extension?.callerId ?? '',
  }));
  const agents = useAgents(tenant).rows ?? [];
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    change: (value: string) => {
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  const save = (): Promise<unknown> =>
    ask('extensions.put', {
      path: { id, number: draft.number.trim() },
      body: {
        agentId: orNull(draft.agentId),
        label: orNull(draft.label),
        aliases: draft.aliases.split(',').flatMap((alias) => orNull(alias) ?? []),
        callerId: orNull(draft.callerId),
      },
      tenant,
    });
  return (
    <SaveRow save={save} close={close} stale={[[...connectionsKey(tenant), id, 'extensions']]}>
      <TextField
        label={people.number}
        required
        disabled={extension !== undefined}
        maxLength={64}
        {...field('number')}
      />
      <NativeSelect
        label={people.agent}
        data={[
          { value: '', label: people.nobody },
          ...agents.map((agent) => ({ value: agent.id, label: agent.name })),
        ]}
        value={draft.agentId}
        onChange={({ currentTarget: { value } }) => {
          field('agentId').change(value);
        }}
      />
      <TextField label={people.label} maxLength={200} {...field('label')} />
      <TextField label={people.aliases} description={people.aliasesHint} {...field('aliases')} />
      <TextField
        label={people.callerId}
        description={people.callerIdHint}
        type="tel"
        pattern="\+[1-9]\d{6,14}"
        {...field('callerId')}
      />
    </SaveRow>
  );
}
