import { Checkbox, ColorInput, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { PortalLookDto } from '../api/operations';
import { onlySet } from '../list/read-filters';
import { SecretOnce } from '../page/secret-once';
import { useOwnTexts } from '../texts/language';
import { AgentSelect } from './agent-select';
import { own } from './portals-texts';
import { SendForm } from './send-form';

const AREAS = ['endpoints', 'deliveries', 'calls', 'connections', 'contacts', 'agent'] as const;
const MOST_MINUTES = 480;

/** Makes a link, and shows it once. */
export function NewPortalLink({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [areas, setAreas] = useState<string[]>(['endpoints', 'deliveries']);
  const [readOnly, setReadOnly] = useState(false);
  const [minutes, setMinutes] = useState(MOST_MINUTES);
  const [agentId, setAgent] = useState<string | null>(null);
  const [look, setLook] = useState<PortalLookDto>({});
  const [url, setUrl] = useState<string>();
  const chosen = AREAS.filter((area) => areas.includes(area));
  const isOfAgent = chosen.includes('agent');
  const body = { areas: chosen, readOnly, minutes, look: onlySet(look) };
  return (
    <Stack gap="sm">
      <SendForm
        label={texts.send}
        disabled={chosen.length === 0 || (isOfAgent && agentId === null)}
        send={() =>
          ask('portalLinks.create', {
            body: isOfAgent && agentId !== null ? { ...body, agentId } : body,
            tenant,
          })
        }
        stale={[['settings', tenant, 'portals']]}
        whenSent={(made) => {
          setUrl(made.url);
        }}
      >
        <Checkbox.Group className="wide" label={texts.areas} value={areas} onChange={setAreas}>
          <Group gap="md" mt={4}>
            {AREAS.map((area) => (
              <Checkbox key={area} value={area} label={texts.areaWords[area]} />
            ))}
          </Group>
        </Checkbox.Group>
        {isOfAgent && <AgentSelect tenant={tenant} label={texts.agent} value={agentId} choose={setAgent} />}
        <NumberInput
          label={texts.minutes}
          min={1}
          max={MOST_MINUTES}
          hideControls
          value={minutes}
          onChange={(value) => {
            if (typeof value === 'number') setMinutes(value);
          }}
        />
        <Look look={look} change={setLook} />
        <Checkbox
          className="wide"
          label={texts.readOnly}
          checked={readOnly}
          onChange={({ currentTarget }) => {
            setReadOnly(currentTarget.checked);
          }}
        />
      </SendForm>
      {url !== undefined && <SecretOnce title={texts.link} secret={url} />}
    </Stack>
  );
}

const COLOURS = ['accent', 'background'] as const;

function Look({ look, change }: { look: PortalLookDto; change: (look: PortalLookDto) => void }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <>
      {COLOURS.map((name) => (
        <ColorInput
          key={name}
          label={texts[name]}
          dir="ltr"
          withPicker={false}
          withEyeDropper={false}
          placeholder="#0a6cff"
          value={look[name] ?? ''}
          onChange={(value) => {
            change({ ...look, [name]: value });
          }}
        />
      ))}
      <TextInput
        label={texts.logoUrl}
        type="url"
        dir="ltr"
        placeholder="https://crm.example/logo.svg"
        value={look.logoUrl ?? ''}
        onChange={({ currentTarget }) => {
          change({ ...look, logoUrl: currentTarget.value });
        }}
      />
      <NativeSelect
        label={texts.language}
        data={[
          { value: '', label: texts.asBrowser },
          { value: 'en', label: texts.languages.en },
          { value: 'he', label: texts.languages.he },
        ]}
        value={look.language ?? ''}
        onChange={({ currentTarget }) => {
          change({ ...look, language: currentTarget.value });
        }}
      />
    </>
  );
}
