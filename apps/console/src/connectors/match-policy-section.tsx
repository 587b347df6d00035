import { Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, type AnswerOf } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { ChoiceField } from './choice-field';
import { own } from './texts';

type MatchPolicy = AnswerOf<'matchPolicy.get'>;

const CHOICES = ['updated_last', 'created_first', 'ask', 'by_source'] as const;
const ASK = ['side_by_side', 'in_order'] as const;

/** The policy of the whole tenant, and how it is changed: at once, with each choice. */
export function useMatchPolicy(tenant: string) {
  const client = useQueryClient();
  const queryKey = ['connectors', tenant, 'match-policy'];
  const query = useQuery({ queryKey, queryFn: ({ signal }) => ask('matchPolicy.get', { tenant, signal }) });
  const put = useMutation({
    mutationFn: ({ ask: how, choose, sources }: MatchPolicy) =>
      ask('matchPolicy.put', { body: { ask: how, choose, sources }, tenant }),
    onSuccess: (kept) => {
      client.setQueryData(queryKey, kept);
    },
  });
  return { query, put };
}

/** Whose name is shown where several contacts have a caller's number, and how sources are asked. */
export function MatchPolicySection({ tenant, isAdmin }: { tenant: string; isAdmin: boolean }): ReactNode {
  const { match, members } = useOwnTexts(own).policy;
  const { query, put } = useMatchPolicy(tenant);
  return (
    <section className="con-section">
      <Title order={2}>{match.title}</Title>
      <Text size="sm">{match.about}</Text>
      <Loaded query={query}>
        {(kept) => (
          <Stack maw={672}>
            <ChoiceField
              label={members['choose'] ?? match.title}
              value={kept.choose}
              choices={CHOICES}
              words={match.choose}
              disabled={!isAdmin}
              change={(value) => {
                const choose = CHOICES.find((one) => one === value);
                if (choose !== undefined) put.mutate({ ...kept, choose });
              }}
            />
            <ChoiceField
              label={match.howAsked}
              value={kept.ask}
              choices={ASK}
              words={match.ask}
              disabled={!isAdmin}
              change={(value) => {
                const how = ASK.find((one) => one === value);
                if (how !== undefined) put.mutate({ ...kept, ask: how });
              }}
            />
          </Stack>
        )}
      </Loaded>
      {put.error !== null && <ProblemNotice error={put.error} />}
    </section>
  );
}
