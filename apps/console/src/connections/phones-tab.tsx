import { Group, PasswordInput, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { WebPhoneDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts, useTexts } from '../texts/language';
import { orMissing } from './or-missing';
import { phonesBodyOf, phonesDraftOf, type PhonesDraft } from './phones-draft';
import { phonesTexts } from './phones-texts';
import { SipAccounts } from './sip-accounts';
import type { TabProps } from './tab-props';
import { TextField } from './text-field';
import { own } from './texts';
import { connectionsKey } from './use-connection';

/** The phones that agents have in their page: where they register, and with what. */
export function PhonesTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const texts = useOwnTexts(phonesTexts);
  const key = [...connectionsKey(tenant), id, 'web-phone'];
  const settings = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => orMissing(ask('webPhone.get', { path: { id }, tenant, signal })),
    refetchOnWindowFocus: false,
  });
  return (
    <Stack gap="lg" className="narrow">
      <Text size="sm" c="dimmed">
        {texts.about}
      </Text>
      <section>
        <Title order={2} size="h4" mb="xs">
          {texts.where}
        </Title>
        <Loaded query={settings}>
          {(known) => (
            <Where tenant={tenant} id={id} known={known} stale={[key]} key={known?.updatedAt ?? 'none'} />
          )}
        </Loaded>
      </section>
      <SipAccounts tenant={tenant} id={id} />
    </Stack>
  );
}

interface WhereProps {
  tenant: string;
  id: string;
  known: WebPhoneDto | null;
  stale: readonly (readonly unknown[])[];
}

function Where({ tenant, id, known, stale }: WhereProps): ReactNode {
  const texts = useOwnTexts(phonesTexts);
  const { settings } = useOwnTexts(own);
  const { actions } = useTexts();
  const [draft, setDraft] = useState(() => phonesDraftOf(known));
  const field = (name: keyof PhonesDraft) => ({
    label: texts[name],
    value: draft[name],
    change: (value: string) => {
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  const ice = field('iceUrls');
  const secret = field('turnSecret');
  return (
    <Stack gap="md">
      <TextField required dir="ltr" placeholder="wss://pbx.example:7443/ws" {...field('wsUrl')} />
      <TextField required dir="ltr" description={texts.domainHint} {...field('domain')} />
      <TextField dir="ltr" description={texts.idHeaderHint} {...field('idHeader')} />
      <Textarea
        label={ice.label}
        description={texts.iceUrlsHint}
        dir="ltr"
        value={ice.value}
        onChange={({ currentTarget: { value } }) => {
          ice.change(value);
        }}
      />
      <PasswordInput
        label={secret.label}
        description={known?.hasTurnSecret === true ? texts.isSet : texts.turnSecretHint}
        autoComplete="off"
        value={secret.value}
        onChange={({ currentTarget: { value } }) => {
          secret.change(value);
        }}
      />
      <Group gap="sm">
        <ActionButton
          label={actions.save}
          size="sm"
          disabled={draft.wsUrl.trim() === '' || draft.domain.trim() === ''}
          act={() => ask('webPhone.put', { path: { id }, body: phonesBodyOf(draft), tenant })}
          done={settings.saved}
          stale={stale}
        />
        {known !== null && (
          <ActionButton
            label={texts.off}
            size="sm"
            color="red"
            variant="outline"
            confirm={texts.offAsk}
            act={() => ask('webPhone.remove', { path: { id }, tenant })}
            stale={stale}
          />
        )}
      </Group>
    </Stack>
  );
}
