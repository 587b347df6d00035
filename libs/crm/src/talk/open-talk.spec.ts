import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain';
import type { CrmRequest } from './crm-io.js';
import { openTalk } from './open-talk.js';
import type { WrittenRequest } from './request-of.js';

const TOKEN = 's3cret-token';
const REQUEST: CrmRequest = { method: 'POST', path: '/x', json: { params: ['acme', null] } };

async function asked(
  request: CrmRequest,
  tokenHeader?: { name: string; prefix: string },
): Promise<{ sent: WrittenRequest; shown: WrittenRequest | undefined }> {
  const seen: WrittenRequest[] = [];
  const talk = openTalk({
    connector: { ...(tokenHeader && { tokenHeader }) },
    crm: {},
    url: 'https://crm.example/',
    country: 'IL',
    headers: { authorization: `Bearer ${TOKEN}`, 'x-own': '1' },
    now: () => instant(0),
    send: (one) => {
      seen.push(one);
      return Promise.resolve({
        exchange: { kind: 'answered', status: 200, headers: {}, body: '{}' } as const,
      });
    },
  });
  await talk.io.ask(request);
  const [sent] = seen;
  if (sent === undefined) throw new Error('nothing was sent');
  return { sent, shown: talk.last?.request };
}

describe('a request to a CRM', () => {
  it('carries the token where the CRM wants it', async () => {
    expect((await asked(REQUEST)).sent.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'x-own': '1',
    });
    const { sent } = await asked(REQUEST, { name: 'authorization', prefix: 'Zoho-oauthtoken ' });
    expect(sent.headers).toMatchObject({ authorization: `Zoho-oauthtoken ${TOKEN}` });
  });

  it('carries it in the body alone where there is a place for it, and is kept without', async () => {
    const { sent, shown } = await asked({ ...REQUEST, secretAt: ['params', 1] });
    expect(JSON.parse(sent.body ?? '')).toEqual({ params: ['acme', TOKEN] });
    expect(JSON.stringify(sent.headers)).not.toContain(TOKEN);
    expect(JSON.stringify(shown)).not.toContain(TOKEN);
  });
});
