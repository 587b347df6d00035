import { SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { CopyButton } from '../page/copy-button';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** What the server puts in the place of a secret. */
const REDACTED = '[redacted]';

/** A value as JSON that people can read and copy. A text that is JSON is laid out, and can be seen as it came; any other is shown as it is. */
export function JsonText({ value, label }: { value: unknown; label: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [isRaw, setRaw] = useState(false);
  const pretty = prettyText(value);
  const canBeRaw = typeof value === 'string' && pretty !== value;
  const text = isRaw && canBeRaw ? value : pretty;
  return (
    <div className="json">
      <div className="json-tools">
        <CopyButton text={text} />
        {canBeRaw && (
          <SegmentedControl
            size="xs"
            aria-label={`${label}: ${texts.form}`}
            data={[
              { value: 'pretty', label: texts.pretty },
              { value: 'raw', label: texts.raw },
            ]}
            value={isRaw ? 'raw' : 'pretty'}
            onChange={(form) => {
              setRaw(form === 'raw');
            }}
          />
        )}
      </div>
      <pre className="code" tabIndex={0} role="region" aria-label={label}>
        <Redacted text={text} />
      </pre>
    </div>
  );
}

/** A text in which what was taken out is marked. */
export function Redacted({ text }: { text: string }): ReactNode {
  const { redacted } = useOwnTexts(own);
  return text.split(REDACTED).flatMap((part, index) => [
    ...(index === 0
      ? []
      : [
          <mark key={index} title={redacted}>
            {REDACTED}
          </mark>,
        ]),
    part,
  ]);
}

export function prettyText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
