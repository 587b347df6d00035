import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

interface PackChoiceProps {
  tenant: string;
  chosen: readonly string[];
  choose: (packs: string[]) => void;
  disabled: boolean;
  fault: string | undefined;
}

/** The packs of rules that this build knows, each with what it is and what it was made from. */
export function PackChoice({ tenant, chosen, choose, disabled, fault }: PackChoiceProps): ReactNode {
  const texts = useOwnTexts(own);
  const packs = useQuery({
    queryKey: ['dial-packs', tenant],
    queryFn: ({ signal }) => ask('dialPacks.list', { tenant, signal }),
    staleTime: Infinity,
  });
  return (
    <fieldset className="campaign-fields" disabled={disabled}>
      <legend>{texts.packs}</legend>
      <p>{texts.packsAbout}</p>
      {fault !== undefined && (
        <Text size="sm" c="red">
          <bdi>{fault}</bdi>
        </Text>
      )}
      <Loaded query={packs}>
        {({ data }) => (
          <Stack gap="sm">
            {data.map(({ id, title, note, version, sources }) => (
              <Checkbox
                key={id}
                label={
                  <bdi>
                    {title} ({id}, {version})
                  </bdi>
                }
                description={
                  <bdi>
                    {note} {texts.sources}: {sources.join('; ')}
                  </bdi>
                }
                checked={chosen.includes(id)}
                onChange={({ currentTarget: { checked } }) => {
                  choose(checked ? [...chosen, id] : chosen.filter((one) => one !== id));
                }}
              />
            ))}
          </Stack>
        )}
      </Loaded>
    </fieldset>
  );
}
