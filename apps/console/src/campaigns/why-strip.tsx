import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CampaignWhyDto, LeadWhyDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { ProblemNotice } from '../app/problem-notice';
import { TimeText } from '../list/time-text';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';
import { useWritten } from './use-written';

const LOOK_EVERY_MS = 15_000;
/** Rules that do not stand in the way of anything. */
const DIALS = new Set(['dialling', 'progressive', 'planner', 'adaptive', 'preview']);

/** Always there: the first thing that stands in the way, when it goes on, what holds leads back, and any one lead looked up. */
export function WhyStrip({ campaign, tenant }: PartProps): ReactNode {
  const path = { id: campaign.id };
  const why = useQuery({
    queryKey: ['campaigns', tenant, campaign.id, 'why'],
    queryFn: ({ signal }) => ask('campaignInsight.why', { path, tenant, signal }),
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <Loaded query={why}>
      {(data) => (
        <section className={`campaign-strip ${DIALS.has(data.rule) ? 'tone-good' : 'tone-waiting'}`}>
          <Stack gap="xs">
            <FirstGate why={data} />
            <Held why={data} campaignId={campaign.id} tenant={tenant} />
            <LookUp campaign={campaign} tenant={tenant} />
          </Stack>
        </section>
      )}
    </Loaded>
  );
}

function FirstGate({ why }: { why: CampaignWhyDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { count } = useWritten();
  const dials = DIALS.has(why.rule);
  return (
    <>
      <h2>{dials ? texts.whyDials : texts.why}</h2>
      <Text size="sm">
        <strong>{texts.rules[why.rule] ?? why.rule}.</strong> <bdi>{why.why}</bdi>
      </Text>
      <Group gap="md">
        {!dials && (
          <Text size="sm">
            {why.nextAt === null ? (
              texts.notByItself
            ) : (
              <>
                {texts.nextAt}: <TimeText at={why.nextAt} />
              </>
            )}
          </Text>
        )}
        <Text size="sm">
          {texts.due}: <strong>{count(why.due)}</strong>
        </Text>
      </Group>
    </>
  );
}

interface HeldProps {
  why: CampaignWhyDto;
  campaignId: string;
  tenant: string;
}

function Held({ why: { held }, campaignId, tenant }: HeldProps): ReactNode {
  const texts = useOwnTexts(own);
  const { count } = useWritten();
  if (held.length === 0) return <Text size="sm">{texts.heldNone}</Text>;
  return (
    <div>
      <Text size="sm">{texts.held}:</Text>
      <ul className="campaign-held">
        {held.map(({ gate, leads, nextAt }) => (
          <li key={gate}>
            {/* What waits for its own time has no gate in the list of leads. */}
            {gate === 'scheduled' ? (
              texts.gates[gate]
            ) : (
              <TextLink
                to="/t/$tenant/campaigns/$campaignId"
                params={{ tenant, campaignId }}
                search={{ tab: 'leads', gate }}
                size="sm"
              >
                {texts.gates[gate]}
              </TextLink>
            )}{' '}
            <strong>{count(leads)}</strong>, {texts.first} <TimeText at={nextAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One lead by its number. */
function LookUp({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const [text, setText] = useState('');
  const [number, setNumber] = useState('');
  const found = useQuery({
    queryKey: ['campaigns', tenant, campaign.id, 'why', number],
    queryFn: async ({ signal }): Promise<LeadWhyDto | null> => {
      const query = { number, limit: 1 };
      const { data } = await ask('leads.list', { path: { id: campaign.id }, query, tenant, signal });
      const [lead] = data;
      if (lead === undefined) return null;
      return ask('leadInsight.why', { path: { id: campaign.id, leadId: lead.id }, tenant, signal });
    },
    enabled: number !== '',
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setNumber(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          label={texts.lookUp}
          placeholder={texts.lookUpHint}
          value={text}
          dir="auto"
          onChange={({ currentTarget: { value } }) => {
            setText(value);
          }}
        />
        <Button size="xs" variant="default" type="submit" loading={found.isFetching && number !== ''}>
          {texts.lookUpNow}
        </Button>
        {found.error !== null && <ProblemNotice error={found.error} />}
        {found.data === null && (
          <Text size="sm" role="status">
            {texts.notOnList}
          </Text>
        )}
        {found.data != null && <LeadWhy why={found.data} />}
      </Group>
    </form>
  );
}

/** Whether a lead may be called now, what says no, and what time it is there. */
export function LeadWhy({ why }: { why: LeadWhyDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { gate, reason, nextAt, zones } = why;
  return (
    <div role="status">
      <Text size="sm">
        <strong>{gate === null ? texts.mayNow : `${texts.gates[gate]}.`}</strong>{' '}
        {gate !== null && <bdi>{reason}</bdi>}{' '}
        {gate !== null &&
          (nextAt === null ? (
            `${texts.notByItself}.`
          ) : (
            <>
              {texts.mayAt} <TimeText at={nextAt} />.
            </>
          ))}
      </Text>
      {zones.length > 0 && (
        <Text size="sm" c="dimmed">
          {texts.itsClock}:{' '}
          {zones.map(({ zone, time }) => (
            <bdi key={zone}>
              {time} {zone}{' '}
            </bdi>
          ))}
        </Text>
      )}
    </div>
  );
}
