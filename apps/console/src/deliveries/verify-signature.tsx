import { Button, Group, PasswordInput, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { signedRequestOf, verify, type Verdict } from './signature';
import { own } from './texts';

interface VerifySignatureProps {
  headers: Readonly<Record<string, string>> | null;
  /** As far as it is known. */
  body: string;
}

/** Checks the signature of a try with a secret that somebody pastes. Nothing of it leaves the page. */
export function VerifySignature({ headers, body }: VerifySignatureProps): ReactNode {
  const texts = useOwnTexts(own);
  const [secret, setSecret] = useState('');
  const [written, setWritten] = useState(body);
  const [verdict, setVerdict] = useState<Verdict>();
  const request = signedRequestOf(headers);
  if (request === undefined) return <Text size="sm">{texts.unsigned}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void verify(request, written, secret).then(setVerdict);
      }}
    >
      <Stack gap="xs">
        <Text size="sm">{texts.verifyAbout}</Text>
        <PasswordInput
          size="xs"
          label={texts.secret}
          placeholder={texts.secretHint}
          autoComplete="off"
          value={secret}
          onChange={({ currentTarget }) => {
            setSecret(currentTarget.value);
            setVerdict(undefined);
          }}
        />
        <Textarea
          size="xs"
          label={texts.bodyAsSent}
          dir="ltr"
          autosize
          maxRows={6}
          value={written}
          onChange={({ currentTarget }) => {
            setWritten(currentTarget.value);
            setVerdict(undefined);
          }}
        />
        <Group gap="sm">
          <Button size="xs" type="submit" variant="default" disabled={secret === ''}>
            {texts.verifyIt}
          </Button>
          <Text size="sm" role="status" className={verdict === 'verified' ? 'tone-good' : 'tone-bad'}>
            {verdict !== undefined && `${verdict === 'verified' ? '●' : '✕'} ${texts[verdict]}`}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
