import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { SourceTestedDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { durationText } from '../texts/durations';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';
import { sourcesKey } from './use-sources';

/** Asks a source now who has a number. */
export function SourceTest({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { sources } = useOwnTexts(own);
  const client = useQueryClient();
  const [number, setNumber] = useState('');
  const test = useMutation({
    mutationFn: () => ask('contactSources.test', { path: { id }, body: { number: number.trim() }, tenant }),
    onSuccess: () => client.invalidateQueries({ queryKey: sourcesKey(tenant) }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim() !== '') test.mutate();
      }}
    >
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          label={sources.number}
          dir="ltr"
          type="tel"
          placeholder="+972545551234"
          value={number}
          onChange={({ currentTarget: { value } }) => {
            setNumber(value);
          }}
        />
        <Button type="submit" size="xs" variant="default" loading={test.isPending}>
          {sources.test}
        </Button>
      </Group>
      {test.error !== null && <ProblemNotice error={test.error} />}
      {test.data !== undefined && <Tested tested={test.data} />}
    </form>
  );
}

function Tested({ tested }: { tested: SourceTestedDto }): ReactNode {
  const { sources, log } = useOwnTexts(own);
  const { language } = useLanguage();
  const { ok, contacts, ignored, problem, durationMs } = tested;
  return (
    <div role="status">
      <Text size="sm" mt="xs" className={ok ? undefined : 'tone-bad'}>
        {ok ? (
          contacts.length === 0 ? (
            sources.foundNobody
          ) : (
            sources.found(contacts.length)
          )
        ) : (
          <bdi lang="en">{problem}</bdi>
        )}{' '}
        ({sources.took(isolated(durationText(durationMs, language)))})
      </Text>
      <ul>
        {contacts.map(({ id, name, company, url }) => (
          <li key={id}>
            <bdi>{name}</bdi>
            {company !== null && (
              <>
                , <bdi>{company}</bdi>
              </>
            )}{' '}
            (<bdi dir="ltr">{id}</bdi>)
            {url !== null && (
              <>
                {' '}
                <Anchor size="sm" href={url} target="_blank" rel="noreferrer">
                  {log.inCrm}
                </Anchor>
              </>
            )}
          </li>
        ))}
      </ul>
      {ignored > 0 && <Text size="sm">{sources.ignored(ignored)}</Text>}
    </div>
  );
}
