import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CopyButton } from '../page/copy-button';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** Copies the address of what is shown: whoever opens it sees the same. */
export function CopyLink(): ReactNode {
  const texts = useOwnTexts(own);
  const href = useRouterState({ select: ({ location }) => location.href });
  return <CopyButton text={new URL(href, location.origin).href} label={texts.link} />;
}
