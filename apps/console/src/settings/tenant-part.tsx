import { Checkbox, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { TenantDto } from '../api/operations';
import { useSession } from '../app/session';
import { useRole } from '../app/use-role';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { SendForm } from './send-form';
import { own as tenantTexts } from './tenant-texts';
import { own } from './texts';

/** What the tenant is called, how long what it has is kept, and how much it may send. */
export function TenantPart({ tenant }: { tenant: string }): ReactNode {
  const words = useOwnTexts(own);
  const texts = useOwnTexts(tenantTexts);
  const role = useRole(tenant);
  const known = useSession()?.memberships.find(({ tenantId }) => tenantId === tenant);
  if (role === 'operator') return <Operators tenant={tenant} />;
  return (
    <Stack>
      <Facts
        of={{
          [words.name]: <bdi>{known?.tenantName ?? words.none}</bdi>,
          [words.id]: <bdi dir="ltr">{tenant}</bdi>,
        }}
      />
      <Text size="sm">{texts.about}</Text>
    </Stack>
  );
}

function Operators({ tenant }: { tenant: string }): ReactNode {
  const query = useQuery({
    queryKey: ['settings', tenant, 'tenant'],
    queryFn: ({ signal }) => ask('tenants.get', { path: { id: tenant }, signal }),
  });
  return <Loaded query={query}>{(data) => <TenantForm key={data.updatedAt} tenant={data} />}</Loaded>;
}

type Limit = 'retentionDays' | 'webhooksPerSecond' | 'webhookBurst' | 'webhookBytesPerDay';
const LIMITS: readonly Limit[] = ['retentionDays', 'webhooksPerSecond', 'webhookBurst', 'webhookBytesPerDay'];

function TenantForm({ tenant }: { tenant: TenantDto }): ReactNode {
  const words = useOwnTexts(own);
  const texts = useOwnTexts(tenantTexts);
  const client = useQueryClient();
  const [values, setValues] = useState(tenant);
  const { id, name, requiresTotp, retentionDays, webhookBurst, webhookBytesPerDay, webhooksPerSecond } =
    values;
  const body = { name, requiresTotp, retentionDays, webhookBurst, webhookBytesPerDay, webhooksPerSecond };
  return (
    <Stack>
      <Facts of={{ [words.id]: <bdi dir="ltr">{id}</bdi> }} />
      <SendForm
        label={texts.save}
        done={words.kept}
        send={() => ask('tenants.patch', { path: { id }, body })}
        whenSent={() =>
          Promise.all([['tenants'], ['session']].map((queryKey) => client.invalidateQueries({ queryKey })))
        }
      >
        <TextInput
          label={words.name}
          required
          withAsterisk={false}
          value={name}
          onChange={({ currentTarget }) => {
            setValues({ ...values, name: currentTarget.value });
          }}
        />
        {LIMITS.map((limit) => (
          <NumberInput
            key={limit}
            label={texts[limit]}
            description={texts.asInstallation}
            min={1}
            hideControls
            value={values[limit] ?? ''}
            onChange={(value) => {
              setValues({ ...values, [limit]: typeof value === 'number' ? value : null });
            }}
          />
        ))}
        <Checkbox
          className="wide"
          label={texts.requiresTotp}
          checked={requiresTotp}
          onChange={({ currentTarget }) => {
            setValues({ ...values, requiresTotp: currentTarget.checked });
          }}
        />
      </SendForm>
    </Stack>
  );
}
