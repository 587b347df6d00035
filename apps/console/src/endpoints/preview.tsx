import { Alert, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { DryRunEventDto, DryRunRequestDto, EndpointDryRunDto } from '../api/operations';
import { sentenceOf } from '../app/problem-notice';
import { JsonText } from '../json/json-text';
import { TimeText } from '../list/time-text';
import { listWords } from '../list/list-words';
import { useOwnTexts, useTexts } from '../texts/language';
import { dryRunBody, type EndpointDraft, type Tried } from './endpoint-draft';
import { askedBy } from './event-choice';
import { ownForm } from './form-texts';
import { useEventTypes } from './use-event-types';

const TYPED_MS = 400;
const LAST_EVENTS = 50;

interface PreviewProps {
  tenant: string;
  draft: EndpointDraft;
}

/** What would be sent with what the form says now: a sample as requests, and the last events by what becomes of them. */
export function Preview({ tenant, draft }: PreviewProps): ReactNode {
  const [typed] = useDebouncedValue(draft, TYPED_MS);
  if (typed.eventTypes.length === 0) return null;
  return (
    <Stack gap="lg">
      <Sample tenant={tenant} draft={typed} />
      <LastEvents tenant={tenant} draft={typed} />
    </Stack>
  );
}

function useDryRun(
  { tenant, draft }: PreviewProps,
  tried: Tried,
): { events: readonly DryRunEventDto[] | undefined; error: unknown } {
  const body = dryRunBody(draft, tried);
  const { data, error } = useQuery({
    queryKey: ['endpoint-dry-run', tenant, body],
    queryFn: ({ signal }) => ask('endpointDryRun.run', { body, tenant, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { events: data?.data, error };
}

function Sample({ tenant, draft }: PreviewProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  const types = useEventTypes(tenant).map(({ type }) => type);
  const asked = types.filter((type) => askedBy(draft.eventTypes, type) !== undefined);
  const [chosen, choose] = useState<string>();
  const first = asked.includes('call.ended') ? 'call.ended' : asked[0];
  const sample = (chosen ?? first) as EndpointDryRunDto['sample'];
  const { events, error } = useDryRun({ tenant, draft }, sample === undefined ? {} : { sample });
  const [event] = events ?? [];
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.preview}
      </Title>
      <Stack gap="sm">
        <NativeSelect
          label={texts.sample}
          size="xs"
          data={[...asked, ...types.filter((type) => !asked.includes(type) && type !== 'endpoint.test')]}
          value={sample ?? ''}
          dir="ltr"
          onChange={(selected) => {
            choose(selected.currentTarget.value);
          }}
        />
        {error !== null && <Problem error={error} />}
        {event !== undefined && <Outcome event={event} />}
        {event === undefined && error === null && <div aria-busy />}
      </Stack>
    </section>
  );
}

/** Told calmly: whoever types is not done yet. */
function Problem({ error }: { error: unknown }): ReactNode {
  const texts = useTexts();
  return (
    <Alert color="yellow" variant="outline" p="xs">
      <Text size="sm">
        <bdi>{sentenceOf(error, texts)}</bdi>
      </Text>
    </Alert>
  );
}

function Outcome({ event }: { event: DryRunEventDto }): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <>
      <Text size="sm" className={event.sent ? 'tone-good' : 'tone-bad'} role="status">
        {event.sent ? texts.wouldBe : `${texts.notSent} ${texts.dryCodes[event.code] ?? event.because}`}{' '}
        {event.failedConditions.length > 0 && <bdi>({event.failedConditions.join(', ')})</bdi>}
      </Text>
      {event.requests.map((request, index) => (
        <Request key={index} request={request} />
      ))}
      {event.entry !== null && (
        <div className="card">
          <Text size="sm" c="dimmed">
            {texts.record}
          </Text>
          <Text size="sm" fw={600}>
            <bdi>{event.entry.subject}</bdi>
          </Text>
          <Text size="sm" className="as-written">
            <bdi>{event.entry.body}</bdi>
          </Text>
        </div>
      )}
      <Text size="xs" c="dimmed">
        {texts.nothingSent} {event.requests.length > 0 && texts.signed}
      </Text>
    </>
  );
}

function Request({ request }: { request: DryRunRequestDto }): ReactNode {
  const { headers, body } = useOwnTexts(listWords);
  const head = Object.entries(request.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return (
    <div className="card">
      <Text size="sm" dir="ltr" ta="start" fw={600} className="long-url">
        {request.method} {request.url}
      </Text>
      {head !== '' && (
        <pre className="code dimmed" tabIndex={0} role="region" aria-label={headers}>
          {head}
        </pre>
      )}
      {request.body !== null && <JsonText value={request.body} label={body} />}
    </div>
  );
}

function LastEvents(props: PreviewProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  const { events, error } = useDryRun(props, { latest: LAST_EVENTS });
  if (error !== null || events === undefined) return null;
  const sent = events.filter((event) => event.sent).length;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.lastEvents}
      </Title>
      {events.length === 0 ? (
        <Text size="sm">{texts.noEvents}</Text>
      ) : (
        <>
          <Text size="sm" role="status">
            {texts.ofLast(sent, events.length)}
          </Text>
          <div className="squares" aria-hidden>
            {[...events].reverse().map((event, index) => (
              <span key={event.eventId ?? index} className={event.sent ? 'is-sent' : ''} />
            ))}
          </div>
          <details>
            <summary>{texts.which}</summary>
            <ol className="entries">
              {events.map((event, index) => (
                <LastEvent key={event.eventId ?? index} event={event} />
              ))}
            </ol>
          </details>
        </>
      )}
    </section>
  );
}

function LastEvent({ event }: { event: DryRunEventDto }): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <li>
      <Text size="sm">
        <TimeText at={event.occurredAt} exact /> <bdi>{event.type}</bdi>{' '}
        <span className={event.sent ? 'tone-good' : 'tone-quiet'} title={event.because}>
          {texts.dryCodes[event.code] ?? event.because}
          {event.failedConditions.length > 0 && <bdi> ({event.failedConditions.join(', ')})</bdi>}
        </span>
      </Text>
    </li>
  );
}
