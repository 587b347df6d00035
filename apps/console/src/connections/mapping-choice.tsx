import { NativeSelect, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ShippedMappingDto } from '../api/operations';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { ownMapping } from './mapping-texts';
import { useShippedMappings } from './use-mapping';

interface MappingChoiceProps {
  tenant: string;
  /** The name of one that comes with Switchhook; empty for one of one's own. */
  value: string;
  change: (name: string, chosen: ShippedMappingDto | undefined) => void;
}

/** Which PBX it is, of those whose messages a mapping explains, or none of them. */
export function MappingChoice({ tenant, value, change }: MappingChoiceProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const shipped = useShippedMappings(tenant);
  return (
    <Loaded query={shipped}>
      {({ data }) => {
        const chosen = data.find(({ name }) => name === value);
        return (
          <div>
            <NativeSelect
              label={texts.choose}
              description={texts.chooseHint}
              data={[
                ...data.map(({ name, title }) => ({ value: name, label: title })),
                { value: '', label: texts.write },
              ]}
              value={value}
              onChange={({ currentTarget }) => {
                const name = currentTarget.value;
                change(
                  name,
                  data.find((one) => one.name === name),
                );
              }}
            />
            <Text size="sm" c="dimmed" mt={4}>
              {chosen === undefined ? texts.writeHint : <bdi>{chosen.about}</bdi>}
            </Text>
          </div>
        );
      }}
    </Loaded>
  );
}
