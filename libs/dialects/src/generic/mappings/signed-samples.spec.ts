/**
 * Whose the samples are. Those of Twilio and Telnyx were signed by the vendors' own libraries (twilio 5, telnyx 6), one of
 * Placetel's is its documentation's, with the secret and the signature that it prints.
 */
import { describe, expect, it } from '@jest/globals';
import type { SignedRequest } from '../../dialect.js';
import { sample, samplesOf, speaking } from './sample.fixture.js';

const SECRETS: Readonly<Record<string, string>> = {
  aircall: 'df76g76dpziygs567f0',
  placetel: '12345',
  telnyx: 'VS8hMFEpLPT/UGLvtsNgNYBhcOz5vd8JeMTDTlGmUSQ=',
  twilio: '12345',
  yeastar: 'mvM5JZeCqxDCMUdpgGzCTPGGbOcOouDr',
};
const SIGNED = Object.keys(SECRETS).flatMap((mapping) =>
  samplesOf(mapping).map((name) => [mapping, name] as const),
);
const OTHER_KEY = 'S8hMFEpLPT/UGLvtsNgNYBhcOz5vd8JeMTDTlGmUSQ=V'.slice(0, 43) + '=';

function verified(mapping: string, request: SignedRequest, secret = SECRETS[mapping] ?? ''): unknown {
  const { dialect, settings } = speaking(mapping);
  return dialect.verify?.(request, settings, { secret: [secret] });
}

describe('signatures of samples', () => {
  it.each(SIGNED)('%s %s is right', (mapping, name) => {
    expect(verified(mapping, sample(mapping, name))).toEqual({ ok: true, checked: true });
  });

  it.each(SIGNED)('%s %s is wrong by another secret', (mapping, name) => {
    expect(verified(mapping, sample(mapping, name), OTHER_KEY)).toMatchObject({ ok: false });
  });

  it.each(SIGNED.filter(([mapping]) => mapping !== 'aircall'))(
    '%s %s is wrong when a byte is another',
    (mapping, name) => {
      const request = sample(mapping, name);
      const body = Buffer.from(request.body)
        .toString()
        .replace(/\d(?=\D*$)/, (digit) => (digit === '1' ? '2' : '1'));
      expect(verified(mapping, { ...request, body: Buffer.from(body) })).toMatchObject({ ok: false });
    },
  );

  it.each(samplesOf('aircall'))('that are the secret itself are no part of the call: aircall %s', (name) => {
    const { dialect, settings } = speaking('aircall');
    const reading = dialect.read(sample('aircall', name), settings);
    if (!reading.ok) throw new Error(reading.reason);
    expect(JSON.stringify(reading.reports)).not.toContain(SECRETS['aircall']);
  });

  it('are of their time where they have one', () => {
    const request = sample('telnyx', '2-incoming-answered');
    const later = { ...request, receivedAt: request.receivedAt + 3_600_000 };
    expect(verified('telnyx', later)).toMatchObject({ ok: false });
  });

  it('are over the address, for Twilio', () => {
    const request = sample('twilio', 'busy');
    const elsewhere = { ...request, addresses: ['https://other.example.com/in/TOKEN/generic/events'] };
    expect(verified('twilio', elsewhere)).toMatchObject({ ok: false });
  });
});
