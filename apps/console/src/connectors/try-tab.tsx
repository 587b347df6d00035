import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto, TellingDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { TimeText } from '../list/time-text';
import { Loaded } from '../page/loaded';
import { listWords } from '../list/list-words';
import { useOwnTexts, useTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { dryRun, MAKES_RECORD } from './dry-run';
import { EntryView } from './entry-view';
import { LastRequest } from './last-request';
import { LogLine } from './log-line';
import { own } from './texts';

const FROM = '/shell/t/$tenant/connectors/$endpointId';
const RECENT = 20;

/** A recent call: how it would be worded, what became of it, and what stands in the CRM. */
export function TryTab(props: ConnectionProps): ReactNode {
  const { tenant, endpoint } = props;
  const { trial } = useOwnTexts(own);
  const { call } = useSearch({ from: FROM });
  const calls = useQuery({
    queryKey: ['calls', tenant, 'recent'],
    queryFn: ({ signal }) => ask('calls.list', { query: { limit: RECENT }, tenant, signal }),
  });
  return (
    <>
      <Text size="sm">{trial.about}</Text>
      <section className="con-section">
        <Title order={2}>{trial.choose}</Title>
        <Loaded query={calls}>
          {({ data }) => {
            if (data.length === 0) return <Text size="sm">{trial.noCalls}</Text>;
            return (
              <ul className="con-calls">
                {data.map((one) => (
                  <li key={one.id}>
                    <CallLine call={one} path={{ tenant, endpointId: endpoint.id }} />
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      </section>
      {call !== undefined && <Tried {...props} callId={call} />}
    </>
  );
}

interface CallLineProps {
  call: CallDto;
  path: { tenant: string; endpointId: string };
}

function CallLine({ call, path }: CallLineProps): ReactNode {
  const { directions, results } = useTexts();
  const { withheld } = useOwnTexts(listWords);
  const { e164, original } = call.direction === 'outbound' ? call.to : call.from;
  return (
    <Link to="/t/$tenant/connectors/$endpointId" params={path} search={{ tab: 'try', call: call.id }} replace>
      <TimeText at={call.startedAt} />
      <span>{directions[call.direction]}</span>
      <bdi dir="ltr">{e164 ?? (original === '' ? withheld : original)}</bdi>
      <span>{results[call.result]}</span>
    </Link>
  );
}

function Tried(props: ConnectionProps & { callId: string }): ReactNode {
  const { tenant, endpoint, callId } = props;
  const { trial } = useOwnTexts(own);
  const isAdmin = mayManage(useRole(tenant));
  const logs = useQuery({
    queryKey: ['deliveries', tenant, 'crm-logs', endpoint.id, { callId }],
    queryFn: ({ signal }) =>
      ask('crmLogs.list', { path: { id: endpoint.id }, query: { callId }, tenant, signal }),
  });
  const told = useQuery({
    queryKey: ['deliveries', tenant, 'explain', endpoint.id, callId],
    queryFn: ({ signal }) =>
      ask('endpoints.explain', { path: { id: endpoint.id }, query: { callId }, tenant, signal }),
  });
  return (
    <>
      <section className="con-section">
        <Title order={2}>{trial.stands}</Title>
        <Loaded query={logs}>
          {({ data }) => {
            const [log] = data;
            return log === undefined ? <Text size="sm">{trial.standsNot}</Text> : <LogLine log={log} />;
          }}
        </Loaded>
      </section>
      <Loaded query={told}>
        {({ data }) => (
          <>
            <Why told={data} tenant={tenant} />
            {isAdmin && <Worded {...props} told={data} />}
          </>
        )}
      </Loaded>
      <LastRequest tenant={tenant} endpointId={endpoint.id} callId={callId} />
    </>
  );
}

function Why({ told, tenant }: { told: readonly TellingDto[]; tenant: string }): ReactNode {
  const { trial } = useOwnTexts(own);
  const { openDelivery } = useOwnTexts(listWords);
  return (
    <section className="con-section">
      <Title order={2}>{trial.why}</Title>
      <table className="con-table con-nowrap">
        <tbody>
          {told.map(({ eventId, type, code, because, deliveryId }) => (
            <tr key={eventId}>
              <th scope="row">
                <bdi dir="ltr">{type}</bdi>
              </th>
              <td>
                {trial.codes[code]}{' '}
                {deliveryId !== null && (
                  <TextLink size="sm" to="/t/$tenant/deliveries/$deliveryId" params={{ tenant, deliveryId }}>
                    {openDelivery}
                  </TextLink>
                )}
                <Text size="xs" c="dimmed">
                  <bdi lang="en">{because}</bdi>
                </Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Worded({ tenant, endpoint, told }: ConnectionProps & { told: readonly TellingDto[] }): ReactNode {
  const { trial } = useOwnTexts(own);
  const eventId = told.find(({ type }) => MAKES_RECORD.some((one) => one === type))?.eventId;
  const query = useQuery({
    queryKey: ['calls', tenant, 'worded', endpoint.id, endpoint.updatedAt, eventId],
    queryFn: async ({ signal }) =>
      eventId === undefined ? null : ((await dryRun(endpoint, { eventId, tenant, signal }))[0] ?? null),
  });
  return (
    <section className="con-section">
      <Title order={2}>{trial.worded}</Title>
      <Loaded query={query}>
        {(event) => {
          if (event === null) return <Text size="sm">{trial.wouldNot}</Text>;
          if (event.entry !== null) return <EntryView entry={event.entry} />;
          return (
            <Text size="sm">
              {trial.wouldNot} <bdi lang="en">{event.because}</bdi>
            </Text>
          );
        }}
      </Loaded>
    </section>
  );
}
