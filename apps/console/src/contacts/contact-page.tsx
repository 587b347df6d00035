import { Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { ContactFacts } from './contact-facts';
import './contacts.css';
import { EditContact } from './edit-contact';
import { NumberPrivacy } from './number-privacy';
import { own } from './texts';

const FROM = '/shell/t/$tenant/contacts/$contactId';

/** Somebody who calls or is called. */
export function ContactPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant, contactId } = useParams({ from: FROM });
  const query = useQuery({
    queryKey: ['contacts', tenant, contactId],
    queryFn: ({ signal }) => ask('contacts.get', { path: { id: contactId }, tenant, signal }),
  });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/contacts" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <Loaded query={query}>{(contact) => <Shown contact={contact} tenant={tenant} />}</Loaded>
    </Stack>
  );
}

function Shown({ contact, tenant }: { contact: ContactDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { edit } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/contacts/$contactId' });
  const role = useRole(tenant);
  const setEdit = (is: boolean): void => void navigate({ search: is ? { edit: true } : {}, replace: true });
  const { id, name, updatedAt } = contact;
  if (edit === true && role !== 'agent') {
    return (
      <>
        <PageHead title={name} />
        <EditContact
          contact={contact}
          tenant={tenant}
          close={() => {
            setEdit(false);
          }}
        />
      </>
    );
  }
  return (
    <>
      <PageHead title={name}>
        {role !== 'agent' && (
          <>
            <Button
              size="xs"
              onClick={() => {
                setEdit(true);
              }}
            >
              {texts.edit}
            </Button>
            <ActionButton
              label={texts.delete}
              color="red"
              variant="default"
              confirm={texts.confirmDelete(name)}
              act={() => ask('contacts.remove', { path: { id }, tenant, seen: updatedAt })}
              whenDone={() => navigate({ to: '/t/$tenant/contacts', params: { tenant } })}
            />
          </>
        )}
      </PageHead>
      <ContactFacts contact={contact} tenant={tenant} />
      <section>
        <Title order={2} size="h4" mb={4}>
          {texts.privacy}
        </Title>
        {mayManage(role) ? (
          <NumberPrivacy tenant={tenant} numbers={contact.phones.map(({ e164 }) => e164)} />
        ) : (
          <Text size="sm">{texts.onlyAdmins}</Text>
        )}
      </section>
    </>
  );
}
