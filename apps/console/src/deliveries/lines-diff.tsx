import { Text } from '@mantine/core';
import { diffLines } from 'diff';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** Beside what is otherwise, so many lines that are the same. */
const AROUND = 2;

/** Two texts, line by line: what is only there, and what is only here. */
export function LinesDiff({ there, here }: { there: string; here: string }): ReactNode {
  const texts = useOwnTexts(own);
  const parts = diffLines(there, here);
  if (parts.every(({ added, removed }) => !added && !removed)) {
    return <Text size="sm">{texts.compareSame}</Text>;
  }
  return (
    <pre className="code diff" tabIndex={0} role="region" aria-label={texts.compare}>
      {parts.map(({ value, added, removed }, index) => {
        const lines = value.replace(/\n$/, '').split('\n');
        if (added) return <ins key={index}>{marked(lines, '+')}</ins>;
        if (removed) return <del key={index}>{marked(lines, '-')}</del>;
        return <span key={index}>{marked(shortened(lines), ' ')}</span>;
      })}
    </pre>
  );
}

function marked(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${mark} ${line}\n`).join('');
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= 2 * AROUND + 1) return lines;
  return [...lines.slice(0, AROUND), '…', ...lines.slice(-AROUND)];
}
