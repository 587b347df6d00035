import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

interface Column<T> {
  name: string;
  /** Left out on narrow screens. */
  wide?: boolean;
  show: (row: T) => ReactNode;
}

interface EditableRowsProps<T> {
  title: string;
  about?: string | undefined;
  none: string;
  add: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  /** By which a row is known; also said to people. */
  nameOf: (row: T) => string;
  mayChange: boolean;
  /** @param row  undefined for a new one @param close  to be called when it is saved, or given up */
  form: (row: T | undefined, close: () => void) => ReactNode;
  remove: (row: T) => Promise<unknown>;
  removeAsk: string;
  stale: readonly (readonly unknown[])[];
  /** Given while there are more. */
  more?: (() => unknown) | undefined;
}

/** A short list whose rows are added, changed and removed in place. */
export function EditableRows<T>({
  title,
  about,
  none,
  add,
  rows,
  form,
  ...list
}: EditableRowsProps<T>): ReactNode {
  const { people } = useOwnTexts(own);
  const [edited, edit] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const close = (): void => {
    edit(null);
    setAdding(false);
  };
  return (
    <section>
      <Group justify="space-between" align="center" mb="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {list.mayChange && !isAdding && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              close();
              setAdding(true);
            }}
          >
            {add}
          </Button>
        )}
      </Group>
      <Stack gap="sm">
        {about !== undefined && (
          <Text size="sm" c="dimmed">
            {about}
          </Text>
        )}
        {isAdding && <div className="inline-form">{form(undefined, close)}</div>}
        {rows.length === 0 && !isAdding && <Text size="sm">{none}</Text>}
        {rows.length > 0 && (
          <Rows {...list} rows={rows} edited={edited} edit={edit} form={(row) => form(row, close)} />
        )}
        {list.more !== undefined && (
          <div>
            <Button size="xs" variant="default" onClick={() => void list.more?.()}>
              {people.more}
            </Button>
          </div>
        )}
      </Stack>
    </section>
  );
}

type RowsProps<T> = Pick<
  EditableRowsProps<T>,
  'columns' | 'rows' | 'nameOf' | 'mayChange' | 'remove' | 'removeAsk' | 'stale'
> & {
  edited: string | null;
  edit: (name: string) => void;
  form: (row: T) => ReactNode;
};

function Rows<T>({ columns, rows, nameOf, mayChange, edited, edit, form, ...acts }: RowsProps<T>): ReactNode {
  return (
    <table className="rows">
      <thead>
        <tr>
          {columns.map(({ name, wide }) => (
            <th key={name} className={wide === true ? 'wide' : undefined}>
              {name}
            </th>
          ))}
          {mayChange && <td className="acts" />}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          edited === nameOf(row) ? (
            <tr key={nameOf(row)}>
              <td colSpan={columns.length + 1} className="editing">
                <div className="inline-form">{form(row)}</div>
              </td>
            </tr>
          ) : (
            <tr key={nameOf(row)}>
              {columns.map(({ name, wide, show }) => (
                <td key={name} className={wide === true ? 'wide' : undefined}>
                  {show(row)}
                </td>
              ))}
              {mayChange && (
                <td className="acts">
                  <RowActions row={row} name={nameOf(row)} edit={edit} {...acts} />
                </td>
              )}
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

interface RowActionsProps<T> extends Pick<EditableRowsProps<T>, 'remove' | 'removeAsk' | 'stale'> {
  row: T;
  name: string;
  edit: (name: string) => void;
}

function RowActions<T>({ row, name, edit, remove, removeAsk, stale }: RowActionsProps<T>): ReactNode {
  const { people } = useOwnTexts(own);
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button
        size="compact-xs"
        variant="default"
        aria-label={people.editOf(name)}
        onClick={() => {
          edit(name);
        }}
      >
        {people.edit}
      </Button>
      <ActionButton
        label={people.remove}
        size="compact-xs"
        variant="default"
        confirm={
          <>
            <Text fw={600}>
              <bdi>{name}</bdi>
            </Text>
            <Text size="sm">{removeAsk}</Text>
          </>
        }
        act={() => remove(row)}
        stale={stale}
      />
    </Group>
  );
}
