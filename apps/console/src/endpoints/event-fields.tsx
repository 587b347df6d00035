import { Checkbox, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { EventTypeDto } from '../api/operations';
import { JsonText } from '../json/json-text';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { askedBy, familiesOf, withPattern, type Family } from './event-choice';
import { errorOf } from './field-errors';
import { ownForm } from './form-texts';
import type { PartProps } from './form-props';
import { useEventTypes } from './use-event-types';

/** Which events are asked for, each with an example. */
export function EventFields(props: PartProps): ReactNode {
  const { tenant, draft, errors } = props;
  const texts = useOwnTexts(ownForm);
  const types = useEventTypes(tenant);
  const families = familiesOf(types.map(({ type }) => type).filter((type) => type !== 'endpoint.test'));
  const known = new Set(['*', ...families.flatMap(({ pattern, types: of }) => [pattern, ...of])]);
  const others = draft.eventTypes.filter((pattern) => types.length > 0 && !known.has(pattern));
  const error = errorOf(errors, 'eventTypes');
  return (
    <Stack gap="xs">
      <Pattern {...props} pattern="*" label={texts.allEvents} />
      {families.map((family) => (
        <FamilyFields key={family.name} {...props} family={family} types={types} />
      ))}
      {others.length > 0 && (
        <Text size="sm">
          {texts.alsoAsked}: <bdi>{others.join(', ')}</bdi>
        </Text>
      )}
      {error !== undefined && (
        <Text size="sm" className="tone-bad" role="alert">
          <bdi>{error}</bdi>
        </Text>
      )}
    </Stack>
  );
}

interface FamilyProps extends PartProps {
  family: Family;
  types: readonly EventTypeDto[];
}

function FamilyFields({ family, types, ...props }: FamilyProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  const { name, pattern } = family;
  const isOpen = family.types.some((type) => props.draft.eventTypes.includes(type));
  return (
    <div className="family">
      <Pattern
        {...props}
        pattern={pattern}
        label={`${texts.families[name] ?? name} (${isolated(pattern)})`}
      />
      <details open={isOpen}>
        <summary>{texts.types(family.types.length)}</summary>
        <Stack gap="xs" mt="xs">
          {types
            .filter(({ type }) => family.types.includes(type))
            .map((type) => (
              <Type key={type.type} {...props} type={type} />
            ))}
        </Stack>
      </details>
    </div>
  );
}

function Type({ type, ...props }: PartProps & { type: EventTypeDto }): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <div>
      <Pattern {...props} pattern={type.type} label={type.type} about={type.description} />
      <details className="example">
        <summary>{texts.example}</summary>
        <JsonText value={type.example} label={`${texts.example}: ${type.type}`} />
      </details>
    </div>
  );
}

interface PatternProps extends PartProps {
  pattern: string;
  label: string;
  about?: string;
}

/** Ticked and shut where a wider pattern asks for it anyway. */
function Pattern({ draft, set, pattern, label, about }: PatternProps): ReactNode {
  const by = askedBy(draft.eventTypes, pattern);
  return (
    <Checkbox
      label={<bdi>{label}</bdi>}
      description={about === undefined ? undefined : <bdi>{about}</bdi>}
      checked={by !== undefined}
      disabled={by !== undefined && by !== pattern}
      onChange={(event) => {
        set({ eventTypes: withPattern(draft.eventTypes, pattern, event.currentTarget.checked) });
      }}
    />
  );
}
