import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { SeenLinkDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import type { Texts } from '../texts/en';
import { useOwnTexts, useTexts } from '../texts/language';
import { useEnter } from './enter';
import { SignInForm, type SignInField, type SignInValues } from './sign-in-form';
import { SignInFrame } from './sign-in-frame';
import { own, type SignInTexts } from './texts';

/** The page of a link that lets somebody in once: the first operator, who is invited, who has lost a password, the demo's. */
export function LinkPage(): ReactNode {
  const texts = useTexts();
  const signIn = useOwnTexts(own);
  const token = useToken();
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => ask('links.look', { body: { token } }),
    retry: false,
    staleTime: Infinity,
  });
  if (link.error !== null) {
    return (
      <SignInFrame title={signIn.title}>
        <ProblemNotice error={link.error} />
        <a href="/sign-in">{texts.actions.signIn}</a>
      </SignInFrame>
    );
  }
  if (link.data === undefined) return <Loader aria-label={texts.list.loading} />;
  return link.data.kind === 'sign_in' ? (
    <UseAtOnce token={token} />
  ) : (
    <UseLink link={link.data} token={token} />
  );
}

/** Nothing is asked of whoever has a link that signs in. A query, so that it is used once however often this is drawn. */
function UseAtOnce({ token }: { token: string }): ReactNode {
  const texts = useTexts();
  const signIn = useOwnTexts(own);
  const enter = useEnter();
  const { data, error } = useQuery({
    queryKey: ['link', token, 'use'],
    queryFn: () => ask('links.use', { body: { token } }),
    retry: false,
    staleTime: Infinity,
  });
  useEffect(() => {
    if (data !== undefined) enter(data);
    // Once for each answer.
  }, [data]);
  if (error === null) return <Loader aria-label={texts.list.loading} />;
  return (
    <SignInFrame title={signIn.title}>
      <ProblemNotice error={error} />
      <a href="/sign-in">{texts.actions.signIn}</a>
    </SignInFrame>
  );
}

function UseLink({ link, token }: { link: SeenLinkDto; token: string }): ReactNode {
  const texts = useTexts();
  const signIn = useOwnTexts(own);
  const enter = useEnter();
  const { title, about, fields, text } = askedBy(link, texts, signIn);
  const send = async ({ newPassword, password = newPassword, ...others }: SignInValues): Promise<void> => {
    enter(
      await ask('links.use', { body: { token, ...others, ...(password === undefined ? {} : { password }) } }),
    );
  };
  return (
    <SignInFrame title={title} about={about}>
      <SignInForm fields={fields} text={text} send={send} />
    </SignInFrame>
  );
}

interface AskedFor {
  title: string;
  about: string | undefined;
  fields: readonly SignInField[];
  text: string;
}

/** What whoever comes by a link is asked for. */
export function askedBy(
  { kind, known, role, tenantName, email }: SeenLinkDto,
  { actions, roles }: Texts,
  signIn: SignInTexts,
): AskedFor {
  switch (kind) {
    case 'setup':
      return {
        title: signIn.setupTitle,
        about: signIn.setupAbout,
        fields: ['email', 'name', 'newPassword'],
        text: actions.begin,
      };
    case 'reset':
      return {
        title: signIn.forgottenTitle,
        about: email ?? undefined,
        fields: ['newPassword'],
        text: actions.save,
      };
    case 'sign_in':
      return { title: signIn.title, about: email ?? undefined, fields: [], text: actions.signIn };
    case 'invitation': {
      const about = signIn.invited(roles[role ?? 'agent'], tenantName ?? signIn.installation);
      return {
        title: signIn.invitedTitle,
        about,
        fields: known ? ['password'] : ['name', 'newPassword'],
        text: actions.accept,
      };
    }
  }
}

/** The token comes after the #. It is a secret, so neither a bookmark nor the history keeps it. */
function useToken(): string {
  const [token] = useState(() => location.hash.slice(1));
  useEffect(() => {
    history.replaceState(history.state, '', location.pathname);
  }, []);
  return token;
}
