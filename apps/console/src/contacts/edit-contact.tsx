import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactDto } from '../api/operations';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { changedFields, draftOf, patchOf, type ContactDraft } from './contact-draft';
import { ContactForm } from './contact-form';
import { own } from './texts';

interface EditContactProps {
  contact: ContactDto;
  tenant: string;
  close: () => void;
}

/** Changes a contact. What somebody else changed meanwhile is shown, and either theirs or both are kept. */
export function EditContact({ contact, tenant, close }: EditContactProps): ReactNode {
  // What the form began with: what comes in meanwhile changes nothing that is typed.
  const [before] = useState(contact);
  const [draft, setDraft] = useState<ContactDraft>();
  const client = useQueryClient();
  const path = { id: contact.id };
  const saving = useMutation({
    mutationFn: ({ next, seen }: { next: ContactDraft; seen: string }) =>
      ask('contacts.patch', { path, body: patchOf(before, next), tenant, seen }),
    onSuccess: async () => {
      close();
      await client.invalidateQueries({ queryKey: ['contacts', tenant] });
    },
    onError: async (error) => {
      if (isConflict(error)) await client.invalidateQueries({ queryKey: ['contacts', tenant, contact.id] });
    },
  });
  return (
    <ContactForm
      first={draftOf(before)}
      save={(next) => {
        setDraft(next);
        saving.mutate({ next, seen: before.updatedAt });
      }}
      isSaving={saving.isPending}
      cancel={close}
    >
      {isConflict(saving.error) ? (
        <Conflict
          before={before}
          after={contact}
          drop={close}
          save={() => {
            if (draft !== undefined) saving.mutate({ next: draft, seen: contact.updatedAt });
          }}
        />
      ) : (
        saving.error !== null && <ProblemNotice error={saving.error} />
      )}
    </ContactForm>
  );
}

interface ConflictProps {
  before: ContactDto;
  after: ContactDto;
  drop: () => void;
  save: () => void;
}

function Conflict({ before, after, drop, save }: ConflictProps): ReactNode {
  const texts = useOwnTexts(own);
  const fields = changedFields(before, after).filter((name) => name !== 'country');
  const words = { ...texts, phones: texts.numbers, externalIds: texts.otherIds };
  return (
    <Alert color="yellow" variant="outline" role="alert" title={texts.changedMeanwhile}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {texts.theirs}: {fields.map((name) => words[name]).join(', ')}
        </Text>
        <Group gap="xs">
          <Button size="xs" onClick={save}>
            {texts.saveMine}
          </Button>
          <Button size="xs" variant="default" onClick={drop}>
            {texts.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function isConflict(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}
