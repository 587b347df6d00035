import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { download } from '../page/download';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

const FILES = {
  csv: { name: 'contacts.csv', type: 'text/csv' },
  vcard: { name: 'contacts.vcf', type: 'text/vcard' },
} as const;

/** What can be done with the directory as a whole. */
export function ContactsMenu({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const giveOut = useMutation({
    mutationFn: async (format: keyof typeof FILES) => {
      const { name, type } = FILES[format];
      download(await ask('contacts.export', { query: { format }, tenant }), name, type);
    },
  });
  return (
    <>
      <Button
        size="xs"
        renderRoot={(props) => <Link to="/t/$tenant/contacts/new" params={{ tenant }} {...props} />}
      >
        {texts.make}
      </Button>
      <Button
        size="xs"
        variant="default"
        renderRoot={(props) => <Link to="/t/$tenant/contacts/import" params={{ tenant }} {...props} />}
      >
        {texts.import}
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" loading={giveOut.isPending}>
            {texts.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['csv', 'vcard'] as const).map((format) => (
            <Menu.Item
              key={format}
              onClick={() => {
                giveOut.mutate(format);
              }}
            >
              {texts.exportAs[format]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        size="xs"
        variant="default"
        renderRoot={(props) => <Link to="/t/$tenant/contacts/merges" params={{ tenant }} {...props} />}
      >
        {texts.merges}
      </Button>
      {giveOut.error !== null && <ProblemNotice error={giveOut.error} />}
    </>
  );
}
