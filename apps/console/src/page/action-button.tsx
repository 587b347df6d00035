import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useTexts } from '../texts/language';

interface ActionButtonProps extends Pick<ButtonProps, 'variant' | 'color' | 'size' | 'disabled'> {
  label: string;
  act: () => Promise<unknown>;
  /** Said when it is done; nothing is said where the screen shows it. */
  done?: string | undefined;
  /** Asked first: what will happen, and to how many. */
  confirm?: ReactNode;
  /** Keys of the queries that are not true any more afterwards. */
  stale?: readonly QueryKey[];
  /** Told when it is done. */
  whenDone?: (() => unknown) | undefined;
}

/** A button that does something at the server: asks first where it should, waits, and says what became of it. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { label, act, done, confirm, stale = [], whenDone, ...looks } = props;
  const texts = useTexts();
  const client = useQueryClient();
  const [asked, { open, close }] = useDisclosure();
  const action = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      close();
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      await whenDone?.();
    },
  });
  const run = (): void => {
    action.mutate();
  };
  return (
    <>
      <Button
        size="xs"
        {...looks}
        loading={action.isPending && !asked}
        onClick={confirm === undefined ? run : open}
      >
        {label}
      </Button>
      {done !== undefined && action.isSuccess && (
        <Text size="sm" role="status">
          {done}
        </Text>
      )}
      {action.error !== null && !asked && <ProblemNotice error={action.error} />}
      <Modal
        opened={asked}
        // It locks by a style that has no nonce, which the page's policy refuses.
        lockScroll={false}
        onClose={close}
        title={label}
        closeButtonProps={{ 'aria-label': texts.actions.close }}
      >
        <Stack>
          <div>{confirm}</div>
          {action.error !== null && <ProblemNotice error={action.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {texts.actions.cancel}
            </Button>
            <Button color={looks.color ?? 'blue'} loading={action.isPending} onClick={run}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
