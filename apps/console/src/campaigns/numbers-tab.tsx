import { Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ListedNumberDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { download } from '../page/download';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';

const PAGE = 100;

/** The tenant's numbers that nobody is connected to, and what the public registry said. */
export function NumbersTab({ tenant }: PartProps): ReactNode {
  const { numbers } = useOwnTexts(own);
  return (
    <Stack gap="md" maw={900}>
      <Text size="sm">{numbers.about}</Text>
      <div className="campaign-panels">
        <AddNumbers tenant={tenant} />
        <Registry tenant={tenant} />
      </div>
      <NumberList tenant={tenant} />
    </Stack>
  );
}

/** A line: a number, and after a comma perhaps whose it is. */
function numbersIn(text: string): { number: string; name?: string }[] {
  return text.split('\n').flatMap((line) => {
    const [number = '', ...name] = line.split(',').map((part) => part.trim());
    if (number === '') return [];
    return name.length === 0 ? [{ number }] : [{ number, name: name.join(', ') }];
  });
}

function AddNumbers({ tenant }: { tenant: string }): ReactNode {
  const { numbers } = useOwnTexts(own);
  const [text, setText] = useState('');
  const [said, setSaid] = useState<string>();
  const list = numbersIn(text);
  return (
    <section>
      <h2>{numbers.add}</h2>
      <Stack gap="xs" align="flex-start">
        <Textarea
          w="100%"
          aria-label={numbers.addHint}
          description={numbers.addHint}
          autosize
          minRows={3}
          maxRows={10}
          dir="auto"
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
          }}
        />
        <ActionButton
          label={numbers.addNow}
          disabled={list.length === 0}
          done={said}
          act={async () => {
            const { added, unchanged, refused } = await ask('doNotCall.add', {
              body: { numbers: list },
              tenant,
            });
            setSaid(numbers.addedOf(added, unchanged, refused.length));
            setText('');
          }}
          stale={[['campaigns', tenant]]}
        />
      </Stack>
    </section>
  );
}

function Registry({ tenant }: { tenant: string }): ReactNode {
  const { numbers } = useOwnTexts(own);
  const [text, setText] = useState('');
  const [listed, setListed] = useState('true');
  const [said, setSaid] = useState<string>();
  const list = numbersIn(text).map(({ number }) => number);
  return (
    <section>
      <h2>{numbers.registry}</h2>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{numbers.registryAbout}</Text>
        <Textarea
          w="100%"
          aria-label={numbers.registry}
          autosize
          minRows={3}
          maxRows={10}
          dir="auto"
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
          }}
        />
        <Radio.Group value={listed} onChange={setListed} aria-label={numbers.registry}>
          <Stack gap={4}>
            <Radio value="true" label={numbers.listed} />
            <Radio value="false" label={numbers.notListed} />
          </Stack>
        </Radio.Group>
        <ActionButton
          label={numbers.keep}
          variant="default"
          disabled={list.length === 0}
          done={said}
          act={async () => {
            const body = { listed: listed === 'true', numbers: list };
            const { kept, refused } = await ask('doNotCall.registry', { body, tenant });
            setSaid(numbers.kept(kept, refused.length));
            setText('');
          }}
          stale={[['campaigns', tenant]]}
        />
      </Stack>
    </section>
  );
}

function NumberList({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const { numbers } = texts;
  const [typed, setTyped] = useState('');
  const [prefix] = useDebouncedValue(typed.replace(/[^+\d]/g, ''), 300);
  const { rows, query } = usePages(['campaigns', tenant, 'do-not-call', prefix], (cursor, signal) =>
    ask('doNotCall.list', { query: { prefix, limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          label={numbers.find}
          dir="ltr"
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
          }}
        />
        <ActionButton
          label={numbers.export}
          variant="default"
          act={async () => {
            download(await ask('doNotCall.export', { tenant }), 'do-not-call.csv', 'text/csv');
          }}
        />
      </Group>
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={numbers.none}
        clear={
          prefix === ''
            ? undefined
            : () => {
                setTyped('');
              }
        }
      >
        <div className="campaign-scroll" role="region" aria-label={texts.tabs.numbers} tabIndex={0}>
          <table className="campaign-table">
            <thead>
              <tr>
                <th scope="col">{texts.number}</th>
                <th scope="col">{texts.who}</th>
                <th scope="col">{numbers.source}</th>
                <th scope="col">{numbers.since}</th>
                <th scope="col">{texts.remove}</th>
              </tr>
            </thead>
            <tbody>
              {(rows ?? []).map((row) => (
                <NumberRow key={row.number} row={row} tenant={tenant} />
              ))}
            </tbody>
          </table>
        </div>
        {query.hasNextPage && (
          <Group>
            <ActionButton label={actions.goOn} variant="default" act={() => query.fetchNextPage()} />
          </Group>
        )}
      </Listed>
    </Stack>
  );
}

function NumberRow({ row, tenant }: { row: ListedNumberDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { number, name, source, createdAt } = row;
  return (
    <tr>
      <td>
        <bdi className="number">{number}</bdi>
      </td>
      <td>
        <bdi>{name ?? '–'}</bdi>
      </td>
      <td>
        <bdi>{source}</bdi>
      </td>
      <td>
        <TimeText at={createdAt} />
      </td>
      <td>
        <ActionButton
          label={texts.remove}
          size="compact-xs"
          variant="default"
          confirm={texts.numbers.removeAsks(number)}
          act={() => ask('doNotCall.remove', { body: { numbers: [number] }, tenant })}
          stale={[['campaigns', tenant]]}
        />
      </td>
    </tr>
  );
}
