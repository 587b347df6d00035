import { Button, Center, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { useTexts } from '../texts/language';
import { SESSION, homeOf } from './session';

/** `/`: takes everybody to where they begin. */
export function Home(): ReactNode {
  const texts = useTexts();
  const { data, error } = useQuery(SESSION);
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => ask('session.signOut'),
    onSettled: () => {
      client.clear();
      void navigate({ to: '/sign-in', search: {} });
    },
  });
  if (error !== null) return <Navigate to="/sign-in" search={{}} replace />;
  if (data === undefined) return null;
  const home = homeOf(data.memberships);
  if (home.kind === 'operator') return <Navigate to="/operator" replace />;
  if (home.kind === 'tenant')
    return <Navigate to="/t/$tenant/calls" params={{ tenant: home.tenant }} replace />;
  if (home.kind === 'agent') return <Navigate to="/agent" replace />;
  return (
    <Center component="main" mih="60vh">
      <Stack align="center">
        <Text>{texts.shell.memberOfNothing}</Text>
        <Button
          variant="default"
          onClick={() => {
            signOut.mutate();
          }}
        >
          {texts.actions.signOut}
        </Button>
      </Stack>
    </Center>
  );
}
