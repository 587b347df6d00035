import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { TimeText } from '../list/time-text';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** Which calls the PBX has now. It is asked when somebody wants to know, and not before: each asking is a request to the vendor. */
export function PbxCallsNow({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { pbx } = useOwnTexts(own);
  const asking = useMutation({
    mutationFn: () => ask('pbxCalls.list', { path: { id }, query: {}, tenant }),
  });
  const calls = asking.data?.data;
  return (
    <section>
      <Group gap="sm" mb="xs">
        <Title order={2} size="h4">
          {pbx.callsNow}
        </Title>
        <Button
          size="xs"
          variant="default"
          loading={asking.isPending}
          onClick={() => {
            asking.mutate();
          }}
        >
          {pbx.askNow}
        </Button>
      </Group>
      {asking.error !== null && <ProblemNotice error={asking.error} />}
      {calls?.length === 0 && (
        <Text size="sm" role="status">
          {pbx.noCalls}
        </Text>
      )}
      {calls !== undefined && calls.length > 0 && (
        <table className="rows">
          <thead>
            <tr>
              <th>{pbx.extension}</th>
              <th>{pbx.otherSide}</th>
              <th>{pbx.since}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {calls.map((call, index) => (
              <tr key={call.vendorCallId ?? index}>
                <td>
                  <bdi>{call.extension ?? '–'}</bdi>
                </td>
                <td>
                  <bdi>{call.number ?? '–'}</bdi>
                </td>
                <td>
                  <TimeText at={call.startedAt} exact />
                </td>
                <td>{pbx.callStates[call.state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
