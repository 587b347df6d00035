import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GuideFileDto } from '../api/operations';
import { CopyButton } from '../page/copy-button';
import { useOwnTexts } from '../texts/language';
import { ownSocket } from './socket-texts';

/** Lines for files of the PBX, each with a button that copies them. The connection's URL is in them already. */
export function GuideFiles({ files }: { files: readonly GuideFileDto[] }): ReactNode {
  const { lines } = useOwnTexts(ownSocket);
  if (files.length === 0) return null;
  return (
    <section>
      <Text fw={600} mt="md">
        {lines}
      </Text>
      {files.map(({ name, text }) => (
        <div key={name} className="guide-file">
          <div>
            <bdi>{name}</bdi>
            <CopyButton text={text} />
          </div>
          <pre className="code" tabIndex={0} role="region" aria-label={name}>
            {text}
          </pre>
        </div>
      ))}
    </section>
  );
}
