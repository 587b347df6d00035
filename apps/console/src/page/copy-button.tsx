import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language';

/** @param label  where several things can be copied: which one */
export function CopyButton({ text, label }: { text: string; label?: string }): ReactNode {
  const { actions } = useTexts();
  const { copied, copy } = useClipboard({ timeout: 2_000 });
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-live="polite"
      onClick={() => {
        copy(text);
      }}
    >
      {copied ? actions.copied : (label ?? actions.copy)}
    </Button>
  );
}
