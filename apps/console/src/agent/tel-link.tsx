import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDialling } from './use-dial';

/** A number that can be called: by the agent's phone where there is one, else by whatever the system calls with. */
export function TelLink({ number, children }: { number: string; children?: ReactNode }): ReactNode {
  const { phone, call } = useDialling();
  return (
    <Anchor
      href={`tel:${number}`}
      className="number"
      dir="ltr"
      onClick={(event) => {
        if (phone === undefined) return;
        event.preventDefault();
        call.mutate(number);
      }}
    >
      <bdi>{children ?? number}</bdi>
    </Anchor>
  );
}
