import { Stack, Tabs, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../page/copy-button';
import { useOwnTexts } from '../texts/language';
import { ownForm } from './form-texts';
import { VERIFY_CODE, VERIFY_LANGUAGES } from './verify-code';

/** Code that checks what was signed with the secret, to be copied. */
export function VerifySnippets(): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <section>
      <Title order={2} size="h4">
        {texts.verify}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {texts.verifyAbout}
      </Text>
      <Tabs defaultValue="node" keepMounted={false}>
        <Tabs.List aria-label={texts.verify}>
          {VERIFY_LANGUAGES.map((language) => (
            <Tabs.Tab key={language} value={language}>
              {VERIFY_CODE[language].title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {VERIFY_LANGUAGES.map((language) => (
          <Tabs.Panel key={language} value={language} pt="xs">
            <Stack gap="xs" align="flex-start">
              <CopyButton text={VERIFY_CODE[language].text} />
              <pre
                className="code snippet"
                tabIndex={0}
                role="region"
                aria-label={`${texts.verify}: ${VERIFY_CODE[language].title}`}
              >
                {VERIFY_CODE[language].text}
              </pre>
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}
