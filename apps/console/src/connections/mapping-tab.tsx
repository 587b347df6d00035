import { Group, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionMappingDto, MappingPutDto } from '../api/operations';
import { JsonEditor } from '../json/json-editor';
import { JsonText } from '../json/json-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts, useTexts } from '../texts/language';
import { MappingChoice } from './mapping-choice';
import { documentIn, textOf } from './mapping-draft';
import { MappingSecrets } from './mapping-secrets';
import { ownMapping } from './mapping-texts';
import { MappingTry } from './mapping-try';
import { STARTER_MAPPING } from './starter-mapping';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { useFaults } from './use-faults';
import { connectionsKey } from './use-connection';
import { useMapping } from './use-mapping';

const TYPED_MS = 400;

/** What the messages of a PBX mean: chosen or written, tried with a sample, and kept. */
export function MappingTab({ tenant, connection }: TabProps): ReactNode {
  const { about } = useOwnTexts(ownMapping);
  const mapping = useMapping(tenant, connection.id);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      <Loaded query={mapping}>
        {(data) => <Parts tenant={tenant} id={connection.id} mapping={data} key={data.updatedAt} />}
      </Loaded>
    </Stack>
  );
}

interface PartsProps {
  tenant: string;
  id: string;
  mapping: ConnectionMappingDto;
}

/** @returns what the server is asked to try or to keep; undefined while it is no JSON */
function wishOf({ shipped, text }: Draft): MappingPutDto | undefined {
  if (shipped !== '') return { shipped };
  const mapping = documentIn(text);
  return mapping === undefined ? undefined : { mapping };
}

interface Draft {
  /** Empty for one that is written. */
  shipped: string;
  text: string;
}

function Parts({ tenant, id, mapping }: PartsProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const kept: Draft = { shipped: mapping.shipped ?? '', text: textOf(mapping.mapping ?? STARTER_MAPPING) };
  const [draft, setDraft] = useState(kept);
  const [typed] = useDebouncedValue(draft, TYPED_MS);
  const wish = wishOf(typed);
  return (
    <div className="side-by-side">
      <Stack gap="lg" className="part">
        <Written tenant={tenant} id={id} draft={draft} change={setDraft} kept={kept} />
        <section className="panel" aria-labelledby="mapping-secrets">
          <Title order={2} size="h4" mb="xs" id="mapping-secrets">
            {texts.secrets}
          </Title>
          <MappingSecrets tenant={tenant} id={id} mapping={mapping} />
        </section>
      </Stack>
      <section className="panel" aria-labelledby="mapping-try">
        <Title order={2} size="h4" mb="xs" id="mapping-try">
          {texts.sample}
        </Title>
        <MappingTry tenant={tenant} id={id} wish={wish} />
      </section>
    </div>
  );
}

interface WrittenProps extends Omit<PartsProps, 'mapping'> {
  draft: Draft;
  kept: Draft;
  change: (draft: Draft) => void;
}

/** The mapping itself. One that comes with Switchhook is shown, and is the beginning of one's own. */
function Written({ tenant, id, draft, kept, change }: WrittenProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const { settings } = useOwnTexts(own);
  const { actions } = useTexts();
  const isOwn = draft.shipped === '';
  const wish = wishOf(draft);
  const faults = useFaults(tenant, isOwn ? wish : undefined);
  const isKept = draft.shipped === kept.shipped && (!isOwn || draft.text === kept.text);
  return (
    <Stack gap="sm">
      <MappingChoice
        tenant={tenant}
        value={draft.shipped}
        change={(shipped, chosen) => {
          change({ shipped, text: chosen === undefined ? draft.text : textOf(chosen.mapping) });
        }}
      />
      {isOwn ? (
        <JsonEditor
          label={texts.document}
          value={draft.text}
          change={(text) => {
            change({ ...draft, text });
          }}
          faults={faults}
        />
      ) : (
        <JsonText value={documentIn(draft.text)} label={texts.document} />
      )}
      <Group gap="sm">
        <ActionButton
          label={actions.save}
          size="sm"
          disabled={isKept || wish === undefined || faults.length > 0}
          act={() => ask('connectionMapping.put', { path: { id }, body: wish ?? {}, tenant })}
          stale={[connectionsKey(tenant)]}
        />
        {!isKept && <Text size="sm">{texts.unsaved}</Text>}
        {isKept && <Text size="sm">{settings.saved}</Text>}
        {!isOwn && (
          <ActionButton
            label={texts.copy}
            size="sm"
            variant="default"
            act={async () => {
              change({ ...draft, shipped: '' });
              await Promise.resolve();
            }}
          />
        )}
      </Group>
    </Stack>
  );
}
