import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { useTexts } from '../texts/language';

type AccountButtonProps = { name: string } & ButtonProps &
  Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps | 'name'>;

/** Named for whoever is signed in. */
export function AccountButton({ name, ...props }: AccountButtonProps): ReactNode {
  return (
    <Button
      variant="default"
      size="xs"
      aria-haspopup="menu"
      {...props}
      aria-label={useTexts().shell.account(name)}
    >
      <bdi>{name}</bdi>
    </Button>
  );
}
