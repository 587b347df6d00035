import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionMappingDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { hasSecrets, secretsOf, type SecretsDraft } from './mapping-draft';
import { ownMapping } from './mapping-texts';
import { own } from './texts';
import { mappingKey } from './use-mapping';

interface MappingSecretsProps {
  tenant: string;
  id: string;
  mapping: ConnectionMappingDto;
}

/** What signatures are checked with. It is written and never read: of what is kept only the number is shown. */
export function MappingSecrets({ tenant, id, mapping }: MappingSecretsProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const { settings } = useOwnTexts(own);
  const [draft, setDraft] = useState<SecretsDraft>({});
  const { needs, secrets, shipped, mapping: written } = mapping;
  if (needs.length === 0) return <Text size="sm">{texts.noSecrets}</Text>;
  const save = (): Promise<unknown> =>
    ask('connectionMapping.put', {
      path: { id },
      body: {
        ...(shipped === null ? { mapping: written ?? {} } : { shipped }),
        secrets: secretsOf(draft),
      },
      tenant,
    });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {texts.secretsAbout}
      </Text>
      {needs.map((name) => (
        <Secret
          key={name}
          name={name}
          kept={secrets[name] ?? 0}
          value={draft[name]}
          change={(value) => {
            setDraft((before) => ({ ...before, [name]: value }));
          }}
        />
      ))}
      <div>
        <ActionButton
          label={texts.saveSecrets}
          size="sm"
          disabled={!hasSecrets(draft)}
          act={save}
          done={settings.saved}
          stale={[mappingKey(tenant, id)]}
        />
      </div>
    </Stack>
  );
}

interface SecretProps {
  name: string;
  /** How many are. */
  kept: number;
  /** Null: what is kept is taken away. */
  value: string | null | undefined;
  change: (value: string | null) => void;
}

function Secret({ name, kept, value, change }: SecretProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  return (
    <Stack gap={4}>
      <Textarea
        label={texts.secret(`\u2068${name}\u2069`)}
        description={texts.secretHint}
        placeholder={kept > 0 ? texts.secretKept(kept) : texts.secretMissing}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        rows={2}
        disabled={value === null}
        classNames={{ input: 'secret-lines' }}
        value={value ?? ''}
        onChange={({ currentTarget }) => {
          change(currentTarget.value);
        }}
      />
      {kept === 0 && (
        <Text size="xs" className="tone-bad">
          {texts.secretMissing}
        </Text>
      )}
      {kept > 0 && (
        <Checkbox
          size="xs"
          label={texts.takeAway}
          checked={value === null}
          onChange={({ currentTarget: { checked } }) => {
            change(checked ? null : '');
          }}
        />
      )}
    </Stack>
  );
}
