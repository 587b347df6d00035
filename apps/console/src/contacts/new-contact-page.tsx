import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { TextLink } from '../app/text-link';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { NEW_CONTACT, newContactOf, type ContactDraft } from './contact-draft';
import { ContactForm } from './contact-form';
import { own } from './texts';

const FROM = '/shell/t/$tenant/contacts/new';

export function NewContactPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const navigate = useNavigate();
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: (draft: ContactDraft) => ask('contacts.create', { body: newContactOf(draft), tenant }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['contacts', tenant] });
      await navigate({ to: '/t/$tenant/contacts/$contactId', params: { tenant, contactId: id } });
    },
  });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/contacts" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <PageHead title={texts.make} />
      <ContactForm
        first={NEW_CONTACT}
        save={(draft) => {
          making.mutate(draft);
        }}
        isSaving={making.isPending}
        cancel={() => void navigate({ to: '/t/$tenant/contacts', params: { tenant } })}
      >
        {making.error !== null && <ProblemNotice error={making.error} />}
      </ContactForm>
    </Stack>
  );
}
