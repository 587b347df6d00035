import { useState, type ReactNode } from 'react';
import { EditableRows } from './editable-rows';
import { SaveRow } from './save-row';
import { TextField } from './text-field';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

export interface Labelled {
  /** Number, or id of a queue. */
  name: string;
  label: string;
}

interface LabelRowsProps {
  words: { title: string; about: string; none: string; add: string; name: string };
  rows: readonly Labelled[];
  mayChange: boolean;
  put: (labelled: Labelled) => Promise<unknown>;
  remove: (name: string) => Promise<unknown>;
  stale: readonly (readonly unknown[])[];
  more?: (() => unknown) | undefined;
}

/** Things of the PBX that people call by a name of their own: queues and numbers. */
export function LabelRows({ words, rows, put, remove, ...list }: LabelRowsProps): ReactNode {
  const { people } = useOwnTexts(own);
  return (
    <EditableRows
      {...list}
      title={words.title}
      about={words.about}
      none={words.none}
      add={words.add}
      columns={[
        { name: words.name, show: ({ name }: Labelled) => <bdi>{name}</bdi> },
        { name: people.label, show: ({ label }: Labelled) => <bdi>{label}</bdi> },
      ]}
      rows={rows}
      nameOf={({ name }) => name}
      form={(row, close) => (
        <Form row={row} nameLabel={words.name} put={put} close={close} stale={list.stale} />
      )}
      remove={({ name }) => remove(name)}
      removeAsk={people.removeLabel}
    />
  );
}

interface FormProps extends Pick<LabelRowsProps, 'put' | 'stale'> {
  row: Labelled | undefined;
  nameLabel: string;
  close: () => void;
}

function Form({ row, nameLabel, put, close, stale }: FormProps): ReactNode {
  const { people } = useOwnTexts(own);
  const [name, setName] = useState(row?.name ?? '');
  const [label, setLabel] = useState(row?.label ?? '');
  return (
    <SaveRow save={() => put({ name: name.trim(), label })} close={close} stale={stale}>
      <TextField
        label={nameLabel}
        required
        disabled={row !== undefined}
        maxLength={64}
        value={name}
        change={setName}
      />
      <TextField label={people.label} required maxLength={200} value={label} change={setLabel} />
    </SaveRow>
  );
}
