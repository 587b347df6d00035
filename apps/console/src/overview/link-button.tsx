import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

type Linked = { ref?: Ref<HTMLAnchorElement>; href?: string; children?: ReactNode };

/** A link that looks like what one presses. */
export const LinkButton = createLink((props: ButtonProps & Linked) => (
  <Button component="a" size="xs" {...props} />
));
