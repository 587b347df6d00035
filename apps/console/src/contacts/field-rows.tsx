import { Button, Fieldset, NativeSelect, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import type { ContactDraft } from './contact-draft';
import { own } from './texts';

type Form = UseFormReturnType<ContactDraft>;

const KINDS = ['mobile', 'work', 'home', 'main', 'fax', 'other'] as const;

export function PhoneRows({ form }: { form: Form }): ReactNode {
  const texts = useOwnTexts(own);
  const { phones } = form.getValues();
  return (
    <Fieldset legend={texts.numbers} className="rows-of-fields">
      {phones.map((phone, at) => (
        <div key={at}>
          <TextInput
            label={texts.number}
            dir="ltr"
            type="tel"
            {...form.getInputProps(`phones.${at.toString()}.number`)}
          />
          <NativeSelect
            label={texts.kind}
            data={[
              { value: '', label: texts.noKind },
              ...KINDS.map((value) => ({ value, label: texts.phoneKinds[value] })),
            ]}
            {...form.getInputProps(`phones.${at.toString()}.kind`)}
          />
          <TextInput label={texts.label} {...form.getInputProps(`phones.${at.toString()}.label`)} />
          <Button
            variant="default"
            aria-label={texts.removeThat(phone.number)}
            onClick={() => {
              form.removeListItem('phones', at);
            }}
          >
            {texts.remove}
          </Button>
        </div>
      ))}
      <Button
        mt="sm"
        size="xs"
        variant="default"
        onClick={() => {
          form.insertListItem('phones', { number: '', kind: '', label: '' });
        }}
      >
        {texts.addNumber}
      </Button>
      <TextInput
        mt="sm"
        w="min(20rem, 100%)"
        label={texts.country}
        dir="ltr"
        maxLength={2}
        {...form.getInputProps('country')}
      />
    </Fieldset>
  );
}

const EMPTY = { metadata: { key: '', value: '' }, externalIds: { source: '', id: '' } };

interface FieldRowsProps {
  legend: string;
  add: string;
  list: 'metadata' | 'externalIds';
  /** Of the two members of a row. */
  names: readonly [string, string];
  labels: readonly [string, string];
  form: Form;
}

/** Rows of two texts each. */
export function FieldRows({ legend, add, list, names, labels, form }: FieldRowsProps): ReactNode {
  const texts = useOwnTexts(own);
  const rows: readonly Readonly<Record<string, string>>[] = form.getValues()[list];
  return (
    <Fieldset legend={legend} className="rows-of-fields two">
      {rows.map((row, at) => (
        <div key={at}>
          {names.map((name, place) => (
            <TextInput
              key={name}
              dir="auto"
              label={labels[place]}
              {...form.getInputProps(`${list}.${at.toString()}.${name}`)}
            />
          ))}
          <Button
            variant="default"
            aria-label={texts.removeThat(row[names[0]] ?? '')}
            onClick={() => {
              form.removeListItem(list, at);
            }}
          >
            {texts.remove}
          </Button>
        </div>
      ))}
      <Button
        mt={rows.length > 0 ? 'sm' : 0}
        size="xs"
        variant="default"
        onClick={() => {
          form.insertListItem(list, EMPTY[list]);
        }}
      >
        {add}
      </Button>
    </Fieldset>
  );
}
