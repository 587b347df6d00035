import { Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { isRecord, type FlowDocument } from './flow-document';
import { own } from './texts';

/** The document as it is. What is typed is taken over as soon as it is JSON. */
export function FlowJson(): ReactNode {
  const texts = useOwnTexts(own);
  const { document, change, mayChange } = useEditing();
  const [typed, setTyped] = useState<string>();
  const bad = typed === undefined ? undefined : faultOfJson(typed);
  return (
    <div>
      <Textarea
        label={texts.json}
        dir="ltr"
        autosize
        minRows={16}
        maxRows={40}
        spellCheck={false}
        readOnly={!mayChange}
        classNames={{ input: 'flow-json' }}
        value={typed ?? JSON.stringify(document, null, 2)}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          const read = readJson(value);
          if (read !== undefined) change(read, 'json');
        }}
        onBlur={() => {
          if (bad === undefined) setTyped(undefined);
        }}
      />
      {bad !== undefined && (
        <Text size="sm" className="tone-bad" role="status">
          {texts.jsonBad}: <bdi>{bad}</bdi>
        </Text>
      )}
    </div>
  );
}

function readJson(text: string): FlowDocument | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function faultOfJson(text: string): string | undefined {
  try {
    return isRecord(JSON.parse(text)) ? undefined : '{ … }';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
