import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts, useTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';

const EMPTY = { number: '', name: '', zone: '', region: '', postal: '', country: '' };

/** A form for one lead. It stays open: whoever adds one often has another. */
export function AddLead({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure();
  const [lead, setLead] = useState(EMPTY);
  const add = useMutation({
    mutationFn: () => {
      const said = Object.fromEntries(Object.entries(lead).filter(([, value]) => value.trim() !== ''));
      return ask('leads.add', {
        path: { id: campaign.id },
        body: { number: lead.number, ...said },
        tenant,
      });
    },
    onSuccess: async () => {
      setLead({ ...EMPTY, country: lead.country });
      await client.invalidateQueries({ queryKey: ['campaigns', tenant, campaign.id] });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  const field = (name: keyof typeof EMPTY, label: string, required = false): ReactNode => (
    <TextInput
      label={label}
      required={required}
      dir="auto"
      value={lead[name]}
      onChange={({ currentTarget: { value } }) => {
        setLead((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  return (
    <>
      <Button size="xs" onClick={open}>
        {texts.addLead}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={texts.addLead}
        closeButtonProps={{ 'aria-label': actions.close }}
      >
        <form onSubmit={submit}>
          <Stack>
            {field('number', texts.number, true)}
            {field('name', texts.fields.name)}
            {field('country', texts.fields.country)}
            {field('zone', texts.fields.zone)}
            {field('region', texts.fields.region)}
            {field('postal', texts.fields.postal)}
            {add.error !== null && <ProblemNotice error={add.error} />}
            {add.isSuccess && (
              <Text size="sm" role="status">
                <bdi>{add.data.number}</bdi>: {texts.added}
              </Text>
            )}
            <Button type="submit" loading={add.isPending}>
              {texts.addNow}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
