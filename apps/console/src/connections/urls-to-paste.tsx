import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConnectionGuideDto } from '../api/operations';
import { CopyButton } from '../page/copy-button';
import { useConnectionTexts } from './connection-texts';
import { GuideFiles } from './guide-files';

/** The secret URLs of a connection, each with what it is for and a button that copies it, and the steps that speak of them. */
export function UrlsToPaste({
  guide: { routes, steps, title, files, kind },
}: {
  guide: ConnectionGuideDto;
}): ReactNode {
  const { wizard, setup } = useConnectionTexts();
  return (
    <>
      <Text fw={600} mb={4}>
        {wizard.steps}: <bdi>{title}</bdi>
      </Text>
      <ol className="steps-to-do" lang="en" dir="ltr">
        {steps.map((step) => (
          <li key={step}>
            <bdi>{step}</bdi>
          </li>
        ))}
      </ol>
      <dl className="urls">
        {routes.map(({ route, what, method, url }) => (
          <div key={route}>
            <dt>
              <bdi>{what}</bdi>{' '}
              <Text span size="xs" c="dimmed">
                (
                {kind === 'socket' ? (
                  'WebSocket'
                ) : (
                  <>
                    {setup.method}: <bdi>{method}</bdi>
                  </>
                )}
                )
              </Text>
            </dt>
            <dd>
              <code tabIndex={0} role="region" aria-label={what}>
                {url}
              </code>
              <CopyButton text={url} />
            </dd>
          </div>
        ))}
      </dl>
      <GuideFiles files={files} />
      <Text size="xs" c="dimmed" mt="sm">
        {wizard.secret}
      </Text>
    </>
  );
}
