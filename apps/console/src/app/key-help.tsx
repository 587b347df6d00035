import { Kbd, Modal, Switch, Stack, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts, useTexts } from '../texts/language';
import { PLACES } from './navigation';
import { own } from './palette-texts';

interface KeyHelpProps {
  letters: boolean;
  setLetters: (on: boolean) => void;
  leave: () => void;
}

/** All keys, and the switch for those that are letters: who talks to the machine may not want them. */
export function KeyHelp({ letters, setLetters, leave }: KeyHelpProps): ReactNode {
  const texts = useOwnTexts(own);
  const { places } = useTexts();
  const keys: [string, string][] = [
    ['/', texts.keySearch],
    ['Ctrl K', texts.keySearch],
    ['j  k', texts.keyMove],
    ['Enter', texts.keyOpen],
    ['?', texts.keyHelp],
    ...PLACES.flat().map(({ key, label }): [string, string] => [`g ${key}`, places[label]]),
  ];
  return (
    <Modal opened onClose={leave} title={texts.keys} closeButtonProps={{ 'aria-label': texts.close }}>
      <Stack>
        <Switch
          label={texts.letters}
          checked={letters}
          onChange={({ currentTarget: { checked } }) => {
            setLetters(checked);
          }}
        />
        <Table>
          <Table.Tbody>
            {keys.map(([key, words]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  <Kbd dir="ltr">{key}</Kbd>
                </Table.Th>
                <Table.Td>{words}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}
