import { Module, type DynamicModule } from '@nestjs/common';
import type { PbxDriver } from '#pbx';
import { PBX_DRIVERS } from '../../apps/api/pbx-accounts/pbx-drivers.js';

/** A driver for connections of a real dialect, whose PBX answers 200 to the right password, and tells what it was told. */
export const STAND_IN: PbxDriver = {
  vendor: 'voicenter',
  title: 'Stand-in',
  numbers: 'local',
  fields: [
    { name: 'url', what: 'Where it is.', secret: false, required: true },
    {
      name: 'order',
      what: 'Whom to ring first.',
      secret: false,
      required: false,
      values: ['agent', 'customer'],
    },
    { name: 'password', what: 'Its password.', secret: true, required: true },
    { name: 'pin', what: 'Its PIN.', secret: true, required: false, byDefault: '0000' },
  ],
  can: { place_call: true, hang_up: true },
  problemsOf: ({ url }) =>
    String(url).startsWith('http') ? [] : [{ field: 'url', reason: 'settings.url must be an address' }],
  probe: async ({ settings, secrets, token }, { send, timeoutMs, keepToken, now }) => {
    const headers = { authorization: `${secrets['password'] ?? ''}/${token?.value ?? ''}` };
    const sent = await send({ method: 'POST', url: String(settings['url']), headers, body: '{}', timeoutMs });
    if (sent.kind === 'aborted') return { kind: 'unknown', why: 'We stopped.' };
    if (sent.exchange.kind === 'failed') {
      return { kind: 'refused', reason: sent.exchange.message, code: null, text: null };
    }
    const { status, body } = sent.exchange;
    if (status !== 200)
      return { kind: 'refused', reason: `It said: ${body}`, code: String(status), text: null };
    await keepToken({ value: 'traded', expiresAt: now() });
    return { kind: 'done', what: 'It answered.' };
  },
  place: () => Promise.resolve({ kind: 'unsupported', capability: 'place_call' }),
};

@Module({})
class StandInModule {}

export const STAND_IN_MODULE: DynamicModule = {
  module: StandInModule,
  global: true,
  providers: [{ provide: PBX_DRIVERS, useValue: [STAND_IN] }],
  exports: [PBX_DRIVERS],
};
