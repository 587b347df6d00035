import { Button, Group, Stack, Text } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import type { GuideTrialDto } from '../api/operations';
import { CopyButton } from '../page/copy-button';
import { useConnectionTexts } from './connection-texts';
import { trialCurl } from './trial-curl';

interface NothingComesProps {
  trial: GuideTrialDto;
  another: () => unknown;
  /** Whether it has been waited for long enough to open by itself. */
  isLong: boolean;
}

/** Where to look when no webhook comes, and a command that tries the way without the PBX. */
export function NothingComes({ trial, another, isLong }: NothingComesProps): ReactNode {
  const { help } = useConnectionTexts();
  const [isOpen, setOpen] = useState(isLong);
  const id = useId();
  const curl = trialCurl(trial);
  return (
    <div>
      <Button
        size="xs"
        variant="default"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {isOpen ? help.close : help.open}
      </Button>
      {isOpen && (
        <Stack gap="sm" mt="sm" id={id}>
          {isLong && (
            <Text size="sm" fw={600} role="status">
              {help.title}
            </Text>
          )}
          <ul className="steps-to-do">
            {help.checks.map((check) => (
              <li key={check}>{check}</li>
            ))}
          </ul>
          <Text size="sm">{help.curl}</Text>
          <pre className="code panel" tabIndex={0} role="region" aria-label={help.curlLabel}>
            {curl}
          </pre>
          <Group gap="xs">
            <CopyButton text={curl} label={help.copyCurl} />
            <Button size="compact-xs" variant="default" onClick={() => void another()}>
              {help.renew}
            </Button>
          </Group>
        </Stack>
      )}
    </div>
  );
}
