import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts, useTexts } from '../texts/language';
import { own } from './texts';

/** Makes a tenant and goes on to its first PBX. */
export function NewTenant(): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const [name, setName] = useState('');
  const making = useMutation({
    mutationFn: () => ask('tenants.create', { body: { name: name.trim() } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['tenants'] });
      await navigate({ to: '/t/$tenant/connections/new', params: { tenant: id } });
    },
  });
  return (
    <>
      <Button size="xs" onClick={open}>
        {texts.newTenant}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={texts.newTenant}
        closeButtonProps={{ 'aria-label': actions.close }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            making.mutate();
          }}
        >
          <Stack>
            <TextInput
              label={texts.tenantName}
              description={texts.newTenantAbout}
              required
              maxLength={200}
              dir="auto"
              data-autofocus
              value={name}
              onChange={({ currentTarget }) => {
                setName(currentTarget.value);
              }}
            />
            {making.error !== null && <ProblemNotice error={making.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {actions.cancel}
              </Button>
              <Button type="submit" loading={making.isPending} disabled={name.trim() === ''}>
                {texts.make}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
