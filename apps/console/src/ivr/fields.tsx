import { Button, Checkbox, Fieldset, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { faultAt, useEditing } from './editing';
import { isRecord, valueAt, type Json, type Path } from './flow-document';
import { own } from './texts';

interface FieldProps {
  path: Path;
  label: string;
}

function Fault({ path }: { path: Path }): ReactNode {
  const { problems } = useEditing();
  const fault = faultAt(problems, path);
  return fault === undefined ? null : <bdi>{fault}</bdi>;
}

function useFault(path: Path): ReactNode {
  const { problems } = useEditing();
  return faultAt(problems, path) === undefined ? undefined : <Fault path={path} />;
}

/** A text of the document; an empty one is taken out. */
export function TextAt({ path, label, hint }: FieldProps & { hint?: string }): ReactNode {
  const { document, set } = useEditing();
  return (
    <TextInput
      size="xs"
      dir="auto"
      label={label}
      description={hint}
      error={useFault(path)}
      value={shown(valueAt(document, path))}
      onChange={({ currentTarget: { value } }) => {
        set(path, value === '' ? undefined : value);
      }}
    />
  );
}

/** A whole number; what is none yet stays as it is typed, and is said to be wrong. */
export function WholeAt({ path, label }: FieldProps): ReactNode {
  const { document, set } = useEditing();
  return (
    <TextInput
      size="xs"
      dir="ltr"
      inputMode="numeric"
      label={label}
      error={useFault(path)}
      value={shown(valueAt(document, path))}
      onChange={({ currentTarget: { value } }) => {
        set(path, value === '' ? undefined : /^\d{1,9}$/.test(value) ? Number(value) : value);
      }}
    />
  );
}

export function FlagAt({ path, label }: FieldProps): ReactNode {
  const { document, set } = useEditing();
  return (
    <Checkbox
      size="xs"
      label={label}
      error={useFault(path)}
      checked={valueAt(document, path) === true}
      onChange={({ currentTarget: { checked } }) => {
        set(path, checked ? true : undefined);
      }}
    />
  );
}

/** Several texts in one line, with commas between them. */
export function TextsAt({ path, label }: FieldProps): ReactNode {
  const { document, set } = useEditing();
  const value = valueAt(document, path);
  const texts = Array.isArray(value) ? (value as readonly Json[]).map(shown) : [];
  return (
    <TextInput
      size="xs"
      dir="ltr"
      label={label}
      error={useFault(path)}
      value={texts.join(',')}
      onChange={({ currentTarget }) => {
        set(path, currentTarget.value === '' ? undefined : currentTarget.value.split(','));
      }}
    />
  );
}

interface RowsAtProps {
  path: Path;
  legend: string;
  /** Member of a row that says what kind it is, with its words. */
  kind: { member: string; words: Readonly<Record<string, string>> };
  /** Member that holds the text of a row of a kind. */
  textMember: (kind: string) => string;
  textLabel: string;
  newRow: Json;
}

/** A list of things of some kinds, each with a text: what is played, who is rung. */
export function RowsAt({ path, legend, kind, textMember, textLabel, newRow }: RowsAtProps): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, mayChange } = useEditing();
  const value = valueAt(document, path);
  const rows = Array.isArray(value) ? (value as readonly Json[]) : [];
  const fault = useFault(path);
  return (
    <Fieldset legend={legend} className="flow-rows">
      {rows.map((row, at) => {
        const word = shown(valueAt(row, [kind.member]));
        const member = textMember(word);
        return (
          <div key={at}>
            <NativeSelect
              size="xs"
              aria-label={`${legend}: ${texts.does}`}
              data={Object.entries(kind.words).map(([of, label]) => ({ value: of, label }))}
              value={word}
              onChange={({ currentTarget }) => {
                const next = currentTarget.value;
                set(
                  path,
                  rows.with(at, { [kind.member]: next, [textMember(next)]: shown(valueAt(row, [member])) }),
                );
              }}
            />
            <TextInput
              size="xs"
              dir="ltr"
              aria-label={textLabel}
              placeholder={textLabel}
              value={shown(valueAt(row, [member]))}
              onChange={({ currentTarget }) => {
                set([...path, String(at), member], currentTarget.value);
              }}
            />
            {mayChange && (
              <Button
                size="xs"
                variant="default"
                aria-label={texts.removeThat(shown(valueAt(row, [member])))}
                onClick={() => {
                  set(
                    path,
                    rows.filter((_, place) => place !== at),
                  );
                }}
              >
                ✕
              </Button>
            )}
          </div>
        );
      })}
      {fault !== undefined && <div className="flow-fault">{fault}</div>}
      {mayChange && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            set(path, [...rows, newRow]);
          }}
        >
          {texts.add}
        </Button>
      )}
    </Fieldset>
  );
}

interface PairsAtProps {
  path: Path;
  legend: string;
  about?: string;
  labels: readonly [string, string];
}

/** Values under names that people choose. */
export function PairsAt({ path, legend, about, labels }: PairsAtProps): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, mayChange } = useEditing();
  const value = valueAt(document, path);
  const pairs = isRecord(value) ? Object.entries(value) : [];
  const write = (next: readonly (readonly [string, Json])[]): void => {
    set(path, next.length === 0 ? undefined : Object.fromEntries(next));
  };
  const fault = useFault(path);
  return (
    <Fieldset legend={legend} className="flow-rows">
      {about !== undefined && <div className="flow-about">{about}</div>}
      {pairs.map(([name, text], at) => (
        <div key={at}>
          {[name, shown(text)].map((part, place) => (
            <TextInput
              key={place}
              size="xs"
              dir="auto"
              aria-label={labels[place]}
              placeholder={labels[place]}
              value={part}
              onChange={({ currentTarget: { value: typed } }) => {
                write(pairs.with(at, place === 0 ? [typed, text] : [name, typed]));
              }}
            />
          ))}
          {mayChange && (
            <Button
              size="xs"
              variant="default"
              aria-label={texts.removeThat(name)}
              onClick={() => {
                write(pairs.filter((_, place) => place !== at));
              }}
            >
              ✕
            </Button>
          )}
        </div>
      ))}
      {fault !== undefined && <div className="flow-fault">{fault}</div>}
      {mayChange && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            write([...pairs, ['', '']]);
          }}
        >
          {texts.add}
        </Button>
      )}
    </Fieldset>
  );
}

export function shown(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
