import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { PhoneCall } from '../web-phone/phone-state';
import type { PhoneOrder } from './phone-order';
import type { AgentPhone } from './use-web-phone';
import { WebPhonePanel } from './web-phone-panel';

const CALL: PhoneCall = {
  ...{ id: 'their-id', callId: 'sip', direction: 'in', state: 'ringing', number: '0541112233', name: null },
  ...{ since: 1, isMuted: false, isHeld: false, isHeldByThem: false, why: null },
};
let orders: PhoneOrder[];
beforeEach(() => {
  orders = [];
  Object.assign(window, {
    matchMedia: () => ({
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
  });
});

function show(calls: readonly PhoneCall[], more: Partial<AgentPhone> = {}): void {
  const phone: AgentPhone = {
    phone: { standing: 'registered', code: null, calls, isSoundBlocked: false },
    isHere: true,
    lost: null,
    order: (order) => orders.push(order),
    takeHere: () => undefined,
    ...more,
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <WebPhonePanel phone={phone} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}
const press = async (...names: string[]) => {
  for (const name of names) await userEvent.click(screen.getByRole('button', { name }));
};
const wanted = () => orders.filter(({ what }) => what !== 'devices');

test('a call that rings is answered or declined, and no more', async () => {
  show([CALL]);
  await press('Answer', 'Decline');
  expect(wanted()).toEqual([
    { what: 'answer', id: 'their-id' },
    { what: 'hangUp', id: 'their-id' },
  ]);
  expect(screen.queryByRole('button', { name: 'Mute' })).toBeNull();
});

test('a call that goes on is muted, held, given tones, handed on and hung up', async () => {
  show([{ ...CALL, state: 'answered' }]);
  await press('Mute', 'Hold', 'Key #');
  const form = screen.getByLabelText('Transfer to').closest('form');
  await userEvent.type(screen.getByLabelText('Transfer to'), '102');
  if (form !== null) await userEvent.click(within(form).getByRole('button', { name: 'Transfer' }));
  await press('Hang up');
  expect(wanted().map(({ what }) => what)).toEqual(['mute', 'hold', 'dtmf', 'transfer', 'hangUp']);
  expect(wanted()[3]).toEqual({ what: 'transfer', id: 'their-id', number: '102' });
});

test('what is on is switched off by the same place', async () => {
  show([{ ...CALL, state: 'answered', isMuted: true, isHeld: true }]);
  await press('Unmute', 'Resume');
  expect(wanted().map(({ what }) => what)).toEqual(['unmute', 'unhold']);
  expect(screen.getByText(/On hold/)).toBeTruthy();
});

test('it says why a call failed, and by what the PBX refused it', () => {
  const phone = { standing: 'refused', code: 403, calls: [], isSoundBlocked: false } as const;
  show([], { phone, lost: { ...CALL, state: 'failed', why: 'no_microphone' } });
  expect(screen.getByText(/failed.*: the browser gave no microphone/)).toBeTruthy();
  expect(screen.getByText('SIP 403')).toBeTruthy();
});

test('in another tab it can be taken, unless somebody is talking', () => {
  show([], { isHere: false });
  expect(screen.getByRole('button', { name: 'Use it in this tab' })).toBeTruthy();
});
