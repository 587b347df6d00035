import { NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { OWN, choiceOf, ownNameOf, repeatedColumns, wordOf } from './column-words';
import './import.css';
import type { ColumnChoices, ImportDetail } from './import-kind';
import { own } from './texts';

interface ColumnMapProps {
  file: Pick<ImportDetail, 'header' | 'sample'>;
  /** What each column holds, in the words of the API; empty for one that is left out. */
  words: readonly string[];
  choices: ColumnChoices;
  change: (words: string[]) => void;
}

/** Beside each column of a file, with its first rows, what it holds. */
export function ColumnMap({ file, words, choices, change }: ColumnMapProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const repeated = new Set(repeatedColumns(words));
  const titleOf = (at: number): string =>
    file.header[at]?.trim() || texts.unnamed((at + 1).toLocaleString(language));
  return (
    <table className="columns-map">
      <thead>
        <tr>
          <th scope="col">{texts.column}</th>
          <th scope="col">{texts.sample}</th>
          <th scope="col">{texts.holds}</th>
        </tr>
      </thead>
      <tbody>
        {words.map((word, at) => (
          <tr key={at}>
            <th scope="row">
              <bdi>{titleOf(at)}</bdi>
            </th>
            <td className="samples">
              {file.sample.slice(0, 3).map((row, line) => (
                <span key={line}>
                  <bdi>{row[at] ?? ''}</bdi>
                </span>
              ))}
            </td>
            <td>
              <Held
                title={titleOf(at)}
                word={word}
                choices={choices}
                fault={repeated.has(at) ? texts.repeated : undefined}
                change={(next) => {
                  change(words.with(at, next));
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeldProps {
  title: string;
  word: string;
  choices: ColumnChoices;
  fault: string | undefined;
  change: (word: string) => void;
}

function Held({ title, word, choices, fault, change }: HeldProps): ReactNode {
  const texts = useOwnTexts(own);
  const choice = choiceOf(word, choices);
  const known = choice === '' || choice === OWN || choices.plain.some((plain) => plain.word === choice);
  return (
    <Stack gap={4}>
      <NativeSelect
        size="xs"
        aria-label={texts.holdsOf(title)}
        error={fault}
        data={[
          { value: '', label: texts.nothing },
          ...choices.plain.map(({ word: value, label }) => ({ value, label })),
          // A label of a number that only this file has.
          ...(known ? [] : [{ value: choice, label: choice }]),
          { value: OWN, label: choices.own.label },
        ]}
        value={choice}
        onChange={({ currentTarget }) => {
          change(wordOf(currentTarget.value, title, choices));
        }}
      />
      {choice === OWN && (
        <TextInput
          size="xs"
          aria-label={`${choices.own.nameLabel}: ${title}`}
          placeholder={choices.own.nameLabel}
          maxLength={64}
          value={ownNameOf(word, choices)}
          onChange={({ currentTarget }) => {
            change(`${choices.own.prefix}${currentTarget.value}`);
          }}
        />
      )}
    </Stack>
  );
}
