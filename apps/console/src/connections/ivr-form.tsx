import { NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { IvrRouteDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import { EVERY_OTHER, ivrBodyOf, ivrDraftOf, type IvrDraft } from './ivr-draft';
import { SaveRow } from './save-row';
import { TextField } from './text-field';
import { own } from './texts';
import { connectionsKey } from './use-connection';

interface IvrFormProps {
  tenant: string;
  id: string;
  route: IvrRouteDto | undefined;
  flows: readonly { id: string; name: string }[];
  close: () => void;
  /** Told the secret that signs the questions, where there is a new one. */
  shown: (secret: string | null) => void;
}

/** The form of a route: a number, and what answers for it. */
export function IvrForm({ tenant, id, route, flows, close, shown }: IvrFormProps): ReactNode {
  const { ivr, settings } = useOwnTexts(own);
  const [draft, setDraft] = useState<IvrDraft>(() => ({
    ...ivrDraftOf(route),
    ...(route === undefined && { flowId: flows[0]?.id ?? '', source: flows.length > 0 ? 'flow' : 'url' }),
  }));
  const set = (change: Partial<IvrDraft>): void => {
    setDraft((before) => ({ ...before, ...change }));
  };
  const save = async (): Promise<void> => {
    const body = ivrBodyOf(draft);
    if (body === null) throw new Error(settings.notJson);
    const did = draft.did.trim() === '' ? EVERY_OTHER : draft.did.trim();
    const kept = await ask('ivrRoutes.put', { path: { connection: id, did }, body, tenant });
    shown(kept.secret);
  };
  return (
    <SaveRow save={save} close={close} stale={[[...connectionsKey(tenant), id, 'ivr-routes']]}>
      <TextField
        label={ivr.did}
        description={ivr.didHint}
        placeholder={ivr.everyOther}
        disabled={route !== undefined}
        value={draft.did}
        change={(did) => {
          set({ did });
        }}
      />
      <NativeSelect
        label={ivr.source}
        data={(['flow', 'url'] as const).map((source) => ({ value: source, label: ivr.sources[source] }))}
        value={draft.source}
        onChange={({ currentTarget: { value } }) => {
          set({ source: value === 'flow' ? 'flow' : 'url' });
        }}
      />
      {draft.source === 'flow' ? (
        <NativeSelect
          label={ivr.flow}
          required
          description={flows.length === 0 ? ivr.noFlows : undefined}
          data={flows.map((flow) => ({ value: flow.id, label: flow.name }))}
          value={draft.flowId}
          onChange={({ currentTarget: { value } }) => {
            set({ flowId: value });
          }}
        />
      ) : (
        <Server route={route} draft={draft} set={set} />
      )}
      <Textarea
        label={ivr.defaultAnswer}
        description={ivr.defaultAnswerHint}
        rows={3}
        dir="ltr"
        value={draft.defaultAnswer}
        error={ivrBodyOf(draft) === null ? settings.notJson : undefined}
        onChange={({ currentTarget: { value } }) => {
          set({ defaultAnswer: value });
        }}
      />
    </SaveRow>
  );
}

interface ServerProps {
  route: IvrRouteDto | undefined;
  draft: IvrDraft;
  set: (change: Partial<IvrDraft>) => void;
}

function Server({ route, draft, set }: ServerProps): ReactNode {
  const { ivr } = useOwnTexts(own);
  const names = route?.headerNames.join(', ') ?? '';
  return (
    <>
      <TextField
        label={ivr.url}
        type="url"
        required
        dir="ltr"
        value={draft.url}
        change={(url) => {
          set({ url });
        }}
      />
      <NativeSelect
        label={ivr.protocol}
        data={(['standard', 'same'] as const).map((protocol) => ({
          value: protocol,
          label: ivr.protocols[protocol],
        }))}
        value={draft.protocol}
        onChange={({ currentTarget: { value } }) => {
          set({ protocol: value === 'same' ? 'same' : 'standard' });
        }}
      />
      <NumberInput
        label={ivr.timeoutMs}
        min={100}
        max={2_500}
        allowDecimal={false}
        hideControls
        value={draft.timeoutMs}
        onChange={(value) => {
          if (typeof value === 'number') set({ timeoutMs: value });
        }}
      />
      <Textarea
        label={ivr.headers}
        description={names === '' ? ivr.headersHint : `${ivr.headersHint} ${ivr.headersSet(names)}`}
        rows={3}
        dir="ltr"
        value={draft.headers}
        onChange={({ currentTarget: { value } }) => {
          set({ headers: value });
        }}
      />
    </>
  );
}
