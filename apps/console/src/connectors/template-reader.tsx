import { Button, FileButton, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CrmTemplateDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import type { SignIn } from './access-of';
import { Notice } from './notice';
import { own } from './texts';

interface TemplateReaderProps {
  tenant: string;
  /** Takes what was read into the form. @param header  of a key; null for another kind of credentials */
  use: (settings: Readonly<Record<string, unknown>>, kind: SignIn, header: string | null) => void;
}

/** Reads a CRM template of 3CX: says what it would do and what was left out, and gives its requests to the form. */
export function TemplateReader({ tenant, use }: TemplateReaderProps): ReactNode {
  const { template } = useOwnTexts(own);
  const [xml, setXml] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [used, setUsed] = useState(false);
  const reading = useMutation({
    mutationFn: () => ask('crmTemplate.read', { body: { xml, values }, tenant }),
  });
  const read = (text: string): void => {
    setXml(text);
    setValues({});
    setUsed(false);
    reading.reset();
  };
  return (
    <fieldset>
      <legend>{template.title}</legend>
      <Text size="sm">{template.about}</Text>
      <Group gap="xs">
        <FileButton accept=".xml,text/xml,application/xml" onChange={(file) => void file?.text().then(read)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              {template.file}
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label={template.paste}
        dir="ltr"
        rows={4}
        spellCheck={false}
        value={xml}
        onChange={({ currentTarget: { value } }) => {
          read(value);
        }}
      />
      {xml.trim() !== '' && (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={reading.isPending}
            onClick={() => {
              reading.mutate();
            }}
          >
            {template.read}
          </Button>
        </Group>
      )}
      {reading.error !== null && <ProblemNotice error={reading.error} />}
      {reading.data !== undefined && (
        <TemplateRead
          read={reading.data}
          values={values}
          change={setValues}
          use={() => {
            // Its parameters may have other values since.
            reading.mutate(undefined, {
              onSuccess: ({ settings, credential }) => {
                use(settings, credential.kind, credential.header);
                setUsed(true);
              },
            });
          }}
        />
      )}
      {used && (
        <Text size="sm" role="status">
          {template.used}
        </Text>
      )}
    </fieldset>
  );
}

interface TemplateReadProps {
  read: CrmTemplateDto;
  values: Record<string, string>;
  change: (values: Record<string, string>) => void;
  use: () => void;
}

function TemplateRead({ read, values, change, use }: TemplateReadProps): ReactNode {
  const { template } = useOwnTexts(own);
  const { name, ready, lookups, create, log, credential, ownUrl, parameters, cannotTake } = read;
  const does = [
    ...(lookups > 0 ? [template.lookups(lookups)] : []),
    ...(create ? [template.create] : []),
    log ? template.log : template.noLog,
  ];
  return (
    <Notice tone={ready ? 'good' : 'waiting'} title={<bdi>{name}</bdi>} isNew>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{ready ? template.ready : template.notReady}</Text>
        <Text size="sm">{does.join(' · ')}</Text>
        <Text size="sm">
          {template.needs}: <bdi lang="en">{credential.how}</bdi>
        </Text>
        {ownUrl.length > 0 && <Text size="sm">{template.ownUrl(ownUrl.map(isolated).join(', '))}</Text>}
        {cannotTake.length > 0 && (
          <div>
            <Text size="sm">{template.cannot}:</Text>
            <ul>
              {cannotTake.map((one) => (
                <li key={one}>
                  <bdi lang="en">{one}</bdi>
                </li>
              ))}
            </ul>
          </div>
        )}
        {parameters.map((parameter) => (
          <TextInput
            key={parameter.name}
            size="xs"
            w="100%"
            dir="auto"
            label={<bdi>{parameter.title}</bdi>}
            value={values[parameter.name] ?? parameter.value}
            onChange={({ currentTarget: { value } }) => {
              change({ ...values, [parameter.name]: value });
            }}
          />
        ))}
        <Button size="xs" onClick={use}>
          {template.use}
        </Button>
      </Stack>
    </Notice>
  );
}
