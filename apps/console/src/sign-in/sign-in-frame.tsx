import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useTexts } from '../texts/language';

/** The card on which people sign in. */
export function SignInFrame({
  title,
  about,
  children,
}: {
  title: string;
  about?: string | undefined;
  children: ReactNode;
}): ReactNode {
  const { shell } = useTexts();
  const { language, speak } = useLanguage();
  return (
    <Stack component="main" align="center" pt="10vh" px="md">
      <Text fw={700} size="xl">
        Switchhook
      </Text>
      <Paper withBorder p="lg" w="100%" maw={400}>
        <Stack>
          <Title order={1} size="h3">
            {title}
          </Title>
          {about !== undefined && <Text size="sm">{about}</Text>}
          {children}
        </Stack>
      </Paper>
      <Button
        variant="subtle"
        lang={language === 'en' ? 'he' : 'en'}
        onClick={() => {
          speak(language === 'en' ? 'he' : 'en');
        }}
      >
        {shell.otherLanguage}
      </Button>
    </Stack>
  );
}
