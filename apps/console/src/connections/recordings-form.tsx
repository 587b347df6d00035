import { NativeSelect, PasswordInput, Stack, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { RecordingAccessDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import { recordingsBodyOf, recordingsDraftOf, type RecordingsDraft } from './recordings-draft';
import { TextField } from './text-field';
import { own } from './texts';

const KINDS = ['none', 'basic', 'header', 'query'] as const;
const ENCODINGS = ['plain', 'base64', 'base64url', 'hex'] as const;

interface RecordingsFormProps {
  tenant: string;
  id: string;
  access: RecordingAccessDto;
  stale: readonly (readonly unknown[])[];
}

export function RecordingsForm({ tenant, id, access, stale }: RecordingsFormProps): ReactNode {
  const { recordings, settings } = useOwnTexts(own);
  const { actions } = useTexts();
  const [draft, setDraft] = useState(() => recordingsDraftOf(access));
  const set = (change: Partial<RecordingsDraft>): void => {
    setDraft((before) => ({ ...before, ...change }));
  };
  return (
    <Stack gap="md">
      <NativeSelect
        label={recordings.kind}
        data={KINDS.map((kind) => ({ value: kind, label: recordings.kinds[kind] }))}
        value={draft.kind}
        onChange={({ currentTarget: { value } }) => {
          set({ kind: KINDS.find((kind) => kind === value) ?? 'none' });
        }}
      />
      {draft.kind !== 'none' && <Credentials draft={draft} set={set} />}
      <TextField
        label={recordings.template}
        description={recordings.templateHint}
        dir="ltr"
        value={draft.template}
        change={(template) => {
          set({ template });
        }}
      />
      {draft.template.includes('{record}') && (
        <NativeSelect
          label={recordings.encoding}
          data={[...ENCODINGS]}
          value={draft.encoding}
          onChange={({ currentTarget: { value } }) => {
            set({ encoding: ENCODINGS.find((encoding) => encoding === value) ?? 'plain' });
          }}
        />
      )}
      <div>
        <ActionButton
          label={actions.save}
          size="sm"
          act={() => ask('recordingAccess.put', { path: { id }, body: recordingsBodyOf(draft), tenant })}
          done={settings.saved}
          stale={stale}
          whenDone={() => {
            set({ secret: '' });
          }}
        />
      </div>
    </Stack>
  );
}

interface CredentialsProps {
  draft: RecordingsDraft;
  set: (change: Partial<RecordingsDraft>) => void;
}

function Credentials({ draft, set }: CredentialsProps): ReactNode {
  const { recordings } = useOwnTexts(own);
  const isBasic = draft.kind === 'basic';
  return (
    <>
      <div className="form-grid">
        <TextField
          label={isBasic ? recordings.user : recordings.name}
          dir="ltr"
          required
          value={isBasic ? draft.user : draft.name}
          change={(text) => {
            set(isBasic ? { user: text } : { name: text });
          }}
        />
        <PasswordInput
          label={isBasic ? recordings.password : recordings.value}
          description={recordings.secretHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          dir="ltr"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ style: { display: 'none' } }}
          value={draft.secret}
          onChange={({ currentTarget: { value } }) => {
            set({ secret: value });
          }}
        />
      </div>
      <Textarea
        label={recordings.hosts}
        description={recordings.hostsHint}
        required
        rows={3}
        dir="ltr"
        value={draft.hosts}
        onChange={({ currentTarget: { value } }) => {
          set({ hosts: value });
        }}
      />
    </>
  );
}
