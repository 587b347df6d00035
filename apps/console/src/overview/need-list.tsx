import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { NeedDto } from '../api/operations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { NeedButtons, SubjectLink } from './need-buttons';
import { needWords } from './need-words';
import { own } from './texts';

/** What somebody should look after, the most urgent first, each with what to press. */
export function NeedList({ tenant, needs }: { tenant: string; needs: readonly NeedDto[] }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Stack gap="xs" component="section" aria-labelledby="needs">
      <Title order={2} size="h4" id="needs">
        {texts.needs}
      </Title>
      {needs.length === 0 ? (
        <Text className="tone-good">✓ {texts.needsNothing}</Text>
      ) : (
        <ul className="needs">
          {needs.map((need) => (
            <Need key={`${need.code} ${need.subject.id ?? ''} ${need.message}`} tenant={tenant} need={need} />
          ))}
        </ul>
      )}
    </Stack>
  );
}

function Need({ tenant, need }: { tenant: string; need: NeedDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const words = needWords(need, { texts, language });
  return (
    <li className={`need ${SOON.test(need.code) ? 'need-soon' : 'need-now'}`}>
      <div className="need-words">
        <SubjectLink tenant={tenant} subject={need.subject} />
        <Text size="sm">{words ?? <bdi>{need.message}</bdi>}</Text>
      </div>
      <Group gap="xs" className="need-buttons">
        <NeedButtons tenant={tenant} need={need} />
      </Group>
    </li>
  );
}

/** Will only be trouble. */
const SOON = /expiring$/;
