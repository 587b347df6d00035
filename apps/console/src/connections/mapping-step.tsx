import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { TextLink } from '../app/text-link';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { MappingSecrets } from './mapping-secrets';
import { ownMapping } from './mapping-texts';
import { useMapping } from './use-mapping';

/** In the wizard: the secrets of the signature, and the way to the mapping. */
export function MappingStep({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const mapping = useMapping(tenant, id);
  return (
    <Stack gap="xs" mt="lg">
      <Title order={3} size="h5">
        {texts.secrets}
      </Title>
      <Loaded query={mapping}>
        {(data) => <MappingSecrets tenant={tenant} id={id} mapping={data} key={data.updatedAt} />}
      </Loaded>
      <TextLink
        to="/t/$tenant/connections/$connectionId"
        params={{ tenant, connectionId: id }}
        search={{ tab: 'mapping' }}
        size="sm"
      >
        {texts.toMapping}
      </TextLink>
    </Stack>
  );
}
