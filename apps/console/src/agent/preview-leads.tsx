import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask, type AnswerOf } from '../api/ask';
import type { LeadDto } from '../api/operations';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../app/problem-notice';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { LeadCard } from './lead-card';
import { own } from './texts';

type OwnCampaign = AnswerOf<'ownLeads.campaigns'>['data'][number];

/** Campaigns in which the agent sees whom to call before the phone dials. */
export function PreviewLeads({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const query = useQuery({
    queryKey: ['agent', tenant, 'campaigns'],
    queryFn: ({ signal }) => ask('ownLeads.campaigns', { tenant, signal }),
  });
  return (
    <Loaded query={query}>
      {({ data }) => {
        const own = data.filter(({ mode, state }) => mode === 'preview' && state === 'running');
        if (own.length === 0) return <Text size="sm">{texts.leadsNone}</Text>;
        return (
          <Stack gap="sm">
            {own.map((campaign) => (
              <Campaign key={campaign.id} campaign={campaign} tenant={tenant} />
            ))}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Campaign({ campaign, tenant }: { campaign: OwnCampaign; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [lead, show] = useState<LeadDto>();
  const next = useMutation({
    mutationFn: () => ask('ownLeads.next', { path: { id: campaign.id }, tenant }),
    onSuccess: show,
  });
  const isNobody = next.error instanceof Problem && next.error.code === 'lead.none';
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs" align="stretch">
        <Title order={3} size="h5">
          <bdi>{campaign.name}</bdi>
        </Title>
        {lead === undefined ? (
          <Button
            size="xs"
            loading={next.isPending}
            onClick={() => {
              next.mutate();
            }}
          >
            {texts.next}
          </Button>
        ) : (
          <LeadCard
            key={lead.id}
            lead={lead}
            dispositions={campaign.dispositions}
            tenant={tenant}
            whenDone={() => {
              show(undefined);
            }}
          />
        )}
        {isNobody && (
          <Text size="sm" role="status">
            {texts.noLead}
          </Text>
        )}
        {next.error !== null && !isNobody && <ProblemNotice error={next.error} />}
      </Stack>
    </Paper>
  );
}
