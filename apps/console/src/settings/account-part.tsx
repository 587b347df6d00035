import { PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { SESSION } from '../app/session';
import { useOwnTexts } from '../texts/language';
import { own } from './account-texts';
import { OwnSessions } from './own-sessions';
import { Part } from './part';
import { SecondFactor } from './second-factor';
import { SendForm } from './send-form';

/** What is everybody's own: password, second factor, and where they are signed in. */
export function AccountPart(): ReactNode {
  const texts = useOwnTexts(own);
  const session = useQuery(SESSION);
  const { user } = session.data ?? {};
  return (
    <>
      <Part title={texts.password}>
        <Password />
      </Part>
      <Part title={texts.factor}>{user !== undefined && <SecondFactor hasTotp={user.hasTotp} />}</Part>
      <Part title={texts.sessions}>
        <OwnSessions />
      </Part>
    </>
  );
}

function Password(): ReactNode {
  const texts = useOwnTexts(own);
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const hasTotp = useQuery(SESSION).data?.user.hasTotp === true;
  return (
    <SendForm
      label={texts.change}
      done={texts.changed}
      send={() =>
        ask('session.changePassword', { body: { current, password, ...(code !== '' && { code }) } })
      }
      stale={[['own-sessions']]}
      whenSent={(session) => {
        client.setQueryData(SESSION.queryKey, session);
        setCurrent('');
        setPassword('');
        setCode('');
      }}
    >
      <PasswordInput
        label={texts.current}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={({ currentTarget }) => {
          setCurrent(currentTarget.value);
        }}
      />
      <PasswordInput
        label={texts.next}
        description={texts.nextHint}
        autoComplete="new-password"
        minLength={10}
        required
        withAsterisk={false}
        value={password}
        onChange={({ currentTarget }) => {
          setPassword(currentTarget.value);
        }}
      />
      {hasTotp && (
        <TextInput
          label={texts.code}
          description={texts.codeHint}
          autoComplete="one-time-code"
          value={code}
          onChange={({ currentTarget }) => {
            setCode(currentTarget.value);
          }}
        />
      )}
    </SendForm>
  );
}
