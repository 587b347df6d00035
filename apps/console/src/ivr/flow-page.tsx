import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { FlowEditor } from './flow-editor';
import { own } from './texts';

const FROM = '/shell/t/$tenant/ivr/$flowId';

export function FlowPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant, flowId } = useParams({ from: FROM });
  const role = useRole(tenant);
  const query = useQuery({
    queryKey: ['ivr', tenant, flowId],
    queryFn: ({ signal }) => ask('ivrFlows.get', { path: { id: flowId }, tenant, signal }),
  });
  return (
    <Stack gap="sm">
      <TextLink to="/t/$tenant/ivr" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <Loaded query={query}>
        {(flow) => <FlowEditor key={flow.id} tenant={tenant} flow={flow} mayChange={mayManage(role)} />}
      </Loaded>
    </Stack>
  );
}
