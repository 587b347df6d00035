import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useOwnTexts, useTexts } from '../texts/language';
import type { ContactDraft } from './contact-draft';
import './contacts.css';
import { FieldRows, PhoneRows } from './field-rows';
import { own } from './texts';

interface ContactFormProps {
  first: ContactDraft;
  save: (draft: ContactDraft) => void;
  isSaving: boolean;
  cancel: () => void;
  /** What is shown between the fields and the buttons. */
  children?: ReactNode;
}

/** All of a contact that people write. */
export function ContactForm({ first, save, isSaving, cancel, children }: ContactFormProps): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const form = useForm({ initialValues: first });
  const plain = [
    { name: 'company', label: texts.company },
    { name: 'email', label: texts.email, dir: 'ltr', type: 'email' },
    { name: 'url', label: texts.url, dir: 'ltr', type: 'url' },
    { name: 'externalId', label: texts.externalId, dir: 'ltr' },
  ] as const;
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="md" maw="52rem">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput
            label={texts.name}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <NativeSelect
            label={texts.kind}
            data={(['person', 'company'] as const).map((value) => ({ value, label: texts.kinds[value] }))}
            {...form.getInputProps('kind')}
          />
          {plain.map(({ name, ...field }) => (
            <TextInput key={name} {...field} {...form.getInputProps(name)} />
          ))}
        </SimpleGrid>
        <PhoneRows form={form} />
        <FieldRows
          legend={texts.metadata}
          add={texts.addField}
          names={['key', 'value']}
          labels={[texts.key, texts.value]}
          list="metadata"
          form={form}
        />
        <FieldRows
          legend={texts.otherIds}
          add={texts.add}
          names={['source', 'id']}
          labels={[texts.source, texts.id]}
          list="externalIds"
          form={form}
        />
        {children}
        <Group gap="sm">
          <Button type="submit" size="xs" loading={isSaving}>
            {actions.save}
          </Button>
          <Button size="xs" variant="default" onClick={cancel}>
            {actions.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
