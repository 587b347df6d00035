import type { TrialCall, TrialMessage } from '../dialect.js';

/** The end of a phone that took a call: it was up when it went. */
export function tellTrial({ id, startedEpochSeconds, talkSeconds }: TrialCall): TrialMessage {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString().replace('Z', '+0000');
  const event = {
    type: 'ChannelDestroyed',
    timestamp: at(startedEpochSeconds + talkSeconds),
    cause: 16,
    cause_txt: 'Normal Clearing',
    channel: {
      id: `${String(startedEpochSeconds)}.2`,
      name: 'PJSIP/101-00000002',
      state: 'Up',
      protocol_id: '',
      caller: { name: '', number: '101' },
      connected: { name: '', number: '0501234567' },
      accountcode: '',
      dialplan: {
        context: 'from-internal',
        exten: '',
        priority: 1,
        app_name: 'AppDial',
        app_data: '(Outgoing Line)',
      },
      creationtime: at(startedEpochSeconds),
      language: 'en',
      channelvars: { 'CHANNEL(linkedid)': id },
    },
    asterisk_id: '02:00:00:00:00:01',
    application: 'switchhook',
  };
  return { route: 'ari', method: 'POST', contentType: 'application/json', body: JSON.stringify(event) };
}
