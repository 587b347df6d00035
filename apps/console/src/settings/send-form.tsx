import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';

interface SendFormProps<T> {
  /** Of the button. */
  label: string;
  send: () => Promise<T>;
  /** Told what the server answered. */
  whenSent?: ((answer: T) => unknown) | undefined;
  /** Keys of the queries that are not true any more afterwards. */
  stale?: readonly QueryKey[];
  /** Said when it was sent. */
  done?: string;
  disabled?: boolean;
  children: ReactNode;
}

/** A form that is sent to the server, with its fields side by side as far as there is room. */
export function SendForm<T>(props: SendFormProps<T>): ReactNode {
  const { label, send, whenSent, stale = [], done, disabled = false, children } = props;
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      await whenSent?.(answer);
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      {children}
      <div>
        <Button type="submit" size="xs" loading={sending.isPending} disabled={disabled}>
          {label}
        </Button>
        {done !== undefined && sending.isSuccess && (
          <Text size="sm" role="status">
            {done}
          </Text>
        )}
      </div>
      {sending.error !== null && (
        <div className="wide">
          <ProblemNotice error={sending.error} />
        </div>
      )}
    </form>
  );
}
