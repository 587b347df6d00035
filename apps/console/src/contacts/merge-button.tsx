import { Radio, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';

interface MergeButtonProps {
  tenant: string;
  contacts: readonly ContactDto[];
  done: () => void;
}

/** Makes one of several contacts, after asking which one is kept. */
export function MergeButton({ tenant, contacts, done }: MergeButtonProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const [picked, pick] = useState('');
  const kept = contacts.find(({ id }) => id === picked) ?? contacts[0];
  const merge = async (): Promise<void> => {
    if (kept === undefined) return;
    const mergedIds = contacts.map(({ id }) => id).filter((id) => id !== kept.id);
    await ask('contactMerges.merge', { body: { contactId: kept.id, mergedIds }, tenant });
  };
  return (
    <ActionButton
      label={texts.mergeThem(contacts.length.toLocaleString(language))}
      act={merge}
      stale={[['contacts', tenant]]}
      whenDone={done}
      confirm={
        <Stack gap="sm">
          <Text size="sm">{texts.mergeAbout}</Text>
          <Radio.Group label={texts.kept} value={kept?.id ?? ''} onChange={pick}>
            <Stack gap="xs" mt="xs">
              {contacts.map(({ id, name, company, phones }) => (
                <Radio
                  key={id}
                  value={id}
                  label={<bdi>{name}</bdi>}
                  description={
                    <bdi>{[company, ...phones.map(({ e164 }) => e164)].filter(Boolean).join(' · ')}</bdi>
                  }
                />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      }
    />
  );
}
