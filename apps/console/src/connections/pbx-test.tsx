import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** Asks the PBX something that changes nothing, and says in words what it answered. */
export function PbxTest({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { pbx } = useOwnTexts(own);
  const test = useMutation({ mutationFn: () => ask('pbxAccount.test', { path: { id }, tenant }) });
  return (
    <div>
      <Group gap="sm">
        <Button
          size="xs"
          loading={test.isPending}
          onClick={() => {
            test.mutate();
          }}
        >
          {pbx.test}
        </Button>
        {test.data !== undefined && (
          <Text size="sm" role="status">
            <span className={test.data.ok ? 'tone-good' : 'tone-bad'}>
              {test.data.ok ? `✓ ${pbx.testOk}` : `! ${pbx.testBad}`}
            </span>
            {': '}
            <bdi>{test.data.reason}</bdi>
          </Text>
        )}
      </Group>
      {test.error !== null && <ProblemNotice error={test.error} />}
    </div>
  );
}
