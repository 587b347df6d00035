import { Text } from '@mantine/core';
import { useId, useRef, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { faultOfJson } from './fault-of-json';
import { placeInJson, type TextPlace } from './place-in-json';
import './json-editor.css';
import { own } from './editor-texts';

/** What is wrong with a document, by the path of what it is about. */
export interface JsonFault {
  path: string;
  message: string;
}

interface JsonEditorProps {
  label: string;
  value: string;
  change: (text: string) => void;
  /** Of the document; those of the text as JSON are found here. */
  faults?: readonly JsonFault[];
}

/** A document as JSON with numbered lines, and its faults below it, each with the place that it leads to. */
export function JsonEditor({ label, value, change, faults = [] }: JsonEditorProps): ReactNode {
  const texts = useOwnTexts(own);
  const area = useRef<HTMLTextAreaElement>(null);
  const said = useId();
  const broken = faultOfJson(value);
  const shown: Placed[] =
    broken === undefined
      ? faults.map((fault) => ({ ...fault, place: placeInJson(value, fault.path) }))
      : [{ path: '', ...broken }];
  const bad = new Set(shown.map(({ place }) => place?.line));
  const lines = value.split('\n').length;
  return (
    <div>
      <div className="json-editor">
        <pre aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <span key={index} className={bad.has(index + 1) ? 'bad' : undefined}>
              {index + 1}
              {'\n'}
            </span>
          ))}
        </pre>
        <textarea
          ref={area}
          aria-label={label}
          aria-invalid={shown.length > 0}
          aria-describedby={said}
          dir="ltr"
          rows={lines}
          spellCheck={false}
          autoComplete="off"
          wrap="off"
          value={value}
          onChange={({ currentTarget }) => {
            change(currentTarget.value);
          }}
        />
      </div>
      <div id={said} role="status">
        {shown.length > 0 && (
          <>
            <Text size="sm" className="tone-bad" mt="xs">
              {texts.faults(shown.length)}
            </Text>
            <ul className="json-faults">
              {shown.map((fault) => (
                <li key={`${fault.path} ${fault.message}`}>
                  <Fault
                    fault={fault}
                    go={(place) => {
                      goTo(area.current, place);
                    }}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

type Placed = JsonFault & { place: TextPlace | undefined };

function Fault({ fault, go }: { fault: Placed; go: (place: TextPlace) => void }): ReactNode {
  const texts = useOwnTexts(own);
  const { path, message, place } = fault;
  return (
    <>
      {place !== undefined && (
        <button
          type="button"
          onClick={() => {
            go(place);
          }}
        >
          {texts.line(place.line)}
        </button>
      )}{' '}
      <bdi>
        {path !== '' && <code>{path}</code>} {message}
      </bdi>
    </>
  );
}

/** Puts the cursor there, and the line into sight. */
function goTo(area: HTMLTextAreaElement | null, { line, column }: TextPlace): void {
  if (area === null) return;
  const before = area.value.split('\n').slice(0, line - 1);
  const at = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at);
  const box = area.parentElement;
  const height = area.scrollHeight / area.value.split('\n').length;
  box?.scrollTo({ top: Math.max(0, (line - 3) * height) });
}
