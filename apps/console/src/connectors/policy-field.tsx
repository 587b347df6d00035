import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PolicyMemberDto } from '../api/operations';
import { useOwnTexts, useTexts } from '../texts/language';
import { ChoiceField } from './choice-field';
import type { PolicyDraft } from './policy-of';
import { own } from './texts';

type Value = PolicyDraft[string];

interface PolicyFieldProps {
  member: PolicyMemberDto;
  value: Value | undefined;
  change: (value: Value) => void;
}

/** One decision of the policy, in our words; a member that this page does not know yet is said as the server says it. */
export function PolicyField(props: PolicyFieldProps): ReactNode {
  const { policy } = useOwnTexts(own);
  const { member, value, change } = props;
  const { name, kind, about, values, byDefault } = member;
  const label = policy.members[name] ?? name;
  const hint = policy.hints[name] ?? about;
  if (kind === 'flag') {
    return (
      <Switch
        label={label}
        description={hint}
        checked={value === true}
        onChange={({ currentTarget: { checked } }) => {
          change(checked);
        }}
      />
    );
  }
  if (typeof value === 'object') return <WordsField {...{ ...props, label, hint, value }} />;
  const text = typeof value === 'string' ? value : '';
  if (kind === 'choice') {
    return (
      <ChoiceField
        label={label}
        value={text}
        choices={values ?? []}
        words={policy.choices[name] ?? {}}
        usual={{ choice: typeof byDefault === 'string' ? byDefault : '', word: policy.byDefault }}
        change={change}
      />
    );
  }
  return <LineField {...{ member, label, hint, text, change }} />;
}

interface LineFieldProps {
  member: PolicyMemberDto;
  label: string;
  hint: string;
  text: string;
  change: (value: string) => void;
}

function LineField({ member, label, hint, text, change }: LineFieldProps): ReactNode {
  const { kind, name, values, min, max } = member;
  const shared = { label, description: hint };
  const typed = ({ currentTarget: { value } }: { currentTarget: { value: string } }): void => {
    change(value);
  };
  if (kind === 'count') {
    return (
      <NumberInput
        {...shared}
        styles={{ wrapper: { maxInlineSize: '15rem' } }}
        value={text === '' ? '' : Number(text)}
        min={min ?? 0}
        {...(max === null ? {} : { max })}
        allowDecimal={false}
        onChange={(given) => {
          change(String(given));
        }}
      />
    );
  }
  if (values !== null) {
    return (
      <Select
        {...shared}
        data={[...values]}
        value={text === '' ? null : text}
        clearable
        onChange={(chosen) => {
          change(chosen ?? '');
        }}
      />
    );
  }
  const isLong = kind === 'numbers' || kind === 'words' || name === 'body';
  if (isLong) return <Textarea {...shared} dir="auto" rows={3} value={text} onChange={typed} />;
  return <TextInput {...shared} dir="auto" value={text} onChange={typed} />;
}

interface WordsFieldProps {
  member: PolicyMemberDto;
  label: string;
  hint: string;
  value: Readonly<Record<string, string>>;
  change: (value: Readonly<Record<string, string>>) => void;
}

/** For each result of a call, the CRM's word. */
function WordsField({ member: { values }, label, hint, value, change }: WordsFieldProps): ReactNode {
  const { results } = useTexts();
  return (
    <div role="group" aria-label={label}>
      <div>{label}</div>
      <div className="tone-quiet">
        <small>{hint}</small>
      </div>
      <table className="con-table">
        <tbody>
          {Object.entries(results).map(([result, word]) => {
            const chosen = value[result] ?? '';
            const put = (next: string): void => {
              change({ ...value, [result]: next });
            };
            return (
              <tr key={result}>
                <th scope="row">{word}</th>
                <td>
                  {values === null ? (
                    <TextInput
                      size="xs"
                      dir="auto"
                      aria-label={`${label}: ${word}`}
                      value={chosen}
                      onChange={({ currentTarget }) => {
                        put(currentTarget.value);
                      }}
                    />
                  ) : (
                    <Select
                      size="xs"
                      aria-label={`${label}: ${word}`}
                      data={[...values]}
                      value={chosen === '' ? null : chosen}
                      clearable
                      onChange={(next) => {
                        put(next ?? '');
                      }}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
