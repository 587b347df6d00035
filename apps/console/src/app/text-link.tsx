import { Anchor, NavLink, type AnchorProps, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

type Linked = { ref?: Ref<HTMLAnchorElement>; href?: string; children?: ReactNode };

/** A link in a text: path, parameters and search are those of a route, or it does not compile. */
export const TextLink = createLink((props: AnchorProps & Linked) => <Anchor {...props} />);

/** A link of the navigation. */
export const MenuLink = createLink((props: Omit<NavLinkProps, 'active'> & Linked & { active?: boolean }) => (
  <NavLink {...props} />
));
