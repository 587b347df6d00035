import { Anchor, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { TotpSecretDto } from '../api/operations';
import { CopyButton } from '../page/copy-button';
import { QrCode } from '../qr/qr-code';
import { useOwnTexts } from '../texts/language';
import { own } from './account-texts';
import { SendForm } from './send-form';

const STALE = [['session']];

/** An app that shows codes: set up by a QR code, tried once, and switched off with the password. */
export function SecondFactor({ hasTotp }: { hasTotp: boolean }): ReactNode {
  const texts = useOwnTexts(own);
  const [secret, setSecret] = useState<TotpSecretDto>();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <Stack gap="sm">
      <Text size="sm">{hasTotp ? texts.factorOn : texts.factorOff}</Text>
      {codes !== undefined && <Recovery codes={codes} />}
      {hasTotp ? (
        <SwitchOff />
      ) : secret === undefined ? (
        <Begin whenBegun={setSecret} />
      ) : (
        <Try
          secret={secret}
          whenOn={(recovery) => {
            setCodes(recovery);
            setSecret(undefined);
          }}
        />
      )}
    </Stack>
  );
}

function Begin({ whenBegun }: { whenBegun: (secret: TotpSecretDto) => void }): ReactNode {
  const texts = useOwnTexts(own);
  const [password, setPassword] = useState('');
  return (
    <SendForm
      label={texts.begin}
      send={() => ask('secondFactor.begin', { body: { password } })}
      whenSent={whenBegun}
    >
      <Proof value={password} change={setPassword} />
    </SendForm>
  );
}

function Try({
  secret: { secret, uri },
  whenOn,
}: {
  secret: TotpSecretDto;
  whenOn: (recovery: readonly string[]) => void;
}): ReactNode {
  const texts = useOwnTexts(own);
  const [code, setCode] = useState('');
  return (
    <>
      <Text size="sm">{texts.scan}</Text>
      <QrCode text={uri} label={texts.qr} className="settings-qr" />
      <Group gap="xs">
        <Code dir="ltr">{secret}</Code>
        <CopyButton text={secret} />
        <Anchor href={uri} size="sm">
          {texts.openApp}
        </Anchor>
      </Group>
      <SendForm
        label={texts.switchOn}
        send={() => ask('secondFactor.switchOn', { body: { code } })}
        stale={STALE}
        whenSent={({ recoveryCodes }) => {
          whenOn(recoveryCodes);
        }}
      >
        <TextInput
          label={texts.firstCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          dir="ltr"
          value={code}
          onChange={({ currentTarget }) => {
            setCode(currentTarget.value);
          }}
        />
      </SendForm>
    </>
  );
}

function Recovery({ codes }: { codes: readonly string[] }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Stack className="settings-box" gap="xs" align="flex-start" role="status">
      <Text fw={600}>{texts.recovery}</Text>
      <Text size="sm">{texts.recoveryAbout}</Text>
      <Code block dir="ltr">
        {codes.join('\n')}
      </Code>
      <CopyButton text={codes.join('\n')} label={texts.keep} />
    </Stack>
  );
}

function SwitchOff(): ReactNode {
  const texts = useOwnTexts(own);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <SendForm
      label={texts.switchOff}
      send={() => ask('secondFactor.switchOff', { body: { password, code } })}
      stale={STALE}
    >
      <Proof value={password} change={setPassword} />
      <TextInput
        label={texts.code}
        autoComplete="one-time-code"
        required
        withAsterisk={false}
        dir="ltr"
        value={code}
        onChange={({ currentTarget }) => {
          setCode(currentTarget.value);
        }}
      />
    </SendForm>
  );
}

function Proof({ value, change }: { value: string; change: (value: string) => void }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <PasswordInput
      label={texts.current}
      autoComplete="current-password"
      required
      withAsterisk={false}
      value={value}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}
