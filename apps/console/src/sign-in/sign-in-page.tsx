import { Alert, Button, Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { Problem } from '../api/problem';
import { useOwnTexts, useTexts } from '../texts/language';
import { useEnter } from './enter';
import { LinkPage } from './link-page';
import { SignInForm } from './sign-in-form';
import { SignInFrame } from './sign-in-frame';
import { own } from './texts';

type Way = 'password' | 'company' | 'forgotten';

/** `/sign-in`: by password, by an identity provider, or by a link that signs in. */
export function SignInPage(): ReactNode {
  const [way, setWay] = useState<Way>('password');
  const [byLink] = useState(() => location.hash.length > 1);
  if (byLink) return <LinkPage />;
  if (way === 'company') return <Company leave={setWay} />;
  if (way === 'forgotten') return <Forgotten leave={setWay} />;
  return <ByPassword leave={setWay} />;
}

function ByPassword({ leave }: { leave: (way: Way) => void }): ReactNode {
  const { actions } = useTexts();
  const signIn = useOwnTexts(own);
  const enter = useEnter();
  return (
    <SignInFrame title={signIn.title}>
      <SignInForm
        fields={['email', 'password']}
        text={actions.signIn}
        send={async ({ email = '', password = '', code }) => {
          enter(await ask('signIn.signIn', { body: { email, password, code } }));
        }}
      />
      <Stack gap="xs">
        <Button
          variant="subtle"
          onClick={() => {
            leave('company');
          }}
        >
          {signIn.company}
        </Button>
        <Button
          variant="subtle"
          onClick={() => {
            leave('forgotten');
          }}
        >
          {signIn.forgotten}
        </Button>
      </Stack>
    </SignInFrame>
  );
}

function Company({ leave }: { leave: (way: Way) => void }): ReactNode {
  const { actions } = useTexts();
  const signIn = useOwnTexts(own);
  const { to = '/' } = useSearch({ from: '/sign-in' });
  const [found, setFound] = useState<readonly { id: string; label: string }[]>([]);
  const go = async (providerId: string): Promise<void> => {
    const { url } = await ask('oidc.begin', { body: { providerId, returnTo: to } });
    location.assign(url);
  };
  return (
    <SignInFrame title={signIn.title} about={signIn.companyAbout}>
      <SignInForm
        fields={['email']}
        text={actions.goOn}
        send={async ({ email = '' }) => {
          const { data } = await ask('oidc.providers', { query: { email } });
          if (data.length === 0)
            throw new Problem(signIn.companyNone, { status: 404, code: 'sign_in.no_provider' });
          if (data.length === 1 && data[0] !== undefined) await go(data[0].id);
          else setFound(data);
        }}
      />
      {found.map(({ id, label }) => (
        <Button key={id} variant="default" onClick={() => void go(id)}>
          <bdi>{label}</bdi>
        </Button>
      ))}
      <Button
        variant="subtle"
        onClick={() => {
          leave('password');
        }}
      >
        {signIn.usePassword}
      </Button>
    </SignInFrame>
  );
}

function Forgotten({ leave }: { leave: (way: Way) => void }): ReactNode {
  const signIn = useOwnTexts(own);
  const [mailed, setMailed] = useState(false);
  return (
    <SignInFrame title={signIn.forgottenTitle} about={signIn.forgottenAbout}>
      {mailed ? (
        <Alert role="status" variant="outline">
          {signIn.mailed}
        </Alert>
      ) : (
        <SignInForm
          fields={['email']}
          text={signIn.mailLink}
          send={async ({ email = '' }) => {
            await ask('links.forgotten', { body: { email } });
            setMailed(true);
          }}
        />
      )}
      <Button
        variant="subtle"
        onClick={() => {
          leave('password');
        }}
      >
        {signIn.usePassword}
      </Button>
    </SignInFrame>
  );
}
