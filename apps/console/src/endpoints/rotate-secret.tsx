import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { RotatedSecretDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { SecretOnce } from '../page/secret-once';
import { useOwnTexts } from '../texts/language';
import { ownForm } from './form-texts';
import { own } from './texts';
import { VerifySnippets } from './verify-snippets';

const GRACES = [0, 3600, 86400, 604800] as const;
const SIGNED = { keep: undefined, v1: ['v1'], v1a: ['v1a'], both: ['v1', 'v1a'] } as const;
type Signed = keyof typeof SIGNED;

interface Props {
  endpoint: { id: string };
  tenant: string;
}

/** New secrets, shown the one time; the old ones sign along for a while. */
export function RotateSecret({ endpoint, tenant }: Props): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const form = useOwnTexts(ownForm);
  const [graceSeconds, setGrace] = useState<number>(86400);
  const [signed, setSigned] = useState<Signed>('keep');
  const [rotated, setRotated] = useState<RotatedSecretDto>();
  const signatures = SIGNED[signed];
  const names = { keep: form.keep, v1: form.v1, v1a: form.v1a, both: form.both };
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {form.signing}
      </Title>
      <Stack gap="sm" align="flex-start">
        <ActionButton
          label={texts.rotate}
          variant="default"
          act={async () => {
            const body = { graceSeconds, ...(signatures === undefined ? {} : { signatures }) };
            setRotated(await ask('endpoints.rotateSecret', { path: { id: endpoint.id }, body, tenant }));
          }}
          stale={[['endpoints', tenant, endpoint.id, 'changes']]}
          confirm={
            <Stack gap="sm">
              <Text size="sm">{texts.rotateAbout}</Text>
              <NativeSelect
                label={texts.grace}
                data={GRACES.map((grace) => ({ value: String(grace), label: texts.graces[grace] }))}
                value={String(graceSeconds)}
                onChange={(event) => {
                  setGrace(Number(event.currentTarget.value));
                }}
              />
              <NativeSelect
                label={form.signatures}
                data={Object.entries(names).map(([value, label]) => ({ value, label }))}
                value={signed}
                onChange={(event) => {
                  setSigned(event.currentTarget.value as Signed);
                }}
              />
            </Stack>
          }
        />
        {rotated !== undefined && <Rotated rotated={rotated} />}
      </Stack>
    </section>
  );
}

function Rotated({ rotated }: { rotated: RotatedSecretDto }): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const form = useOwnTexts(ownForm);
  return (
    <>
      {rotated.secret !== null && (
        <SecretOnce title={texts.rotated} secret={rotated.secret}>
          <Text size="sm">
            {texts.oldUntil} <TimeText at={rotated.oldSecretSignsUntil} />
          </Text>
        </SecretOnce>
      )}
      {rotated.publicKey !== null && <SecretOnce title={form.publicKey} secret={rotated.publicKey} />}
      {rotated.secret !== null && <VerifySnippets />}
    </>
  );
}
