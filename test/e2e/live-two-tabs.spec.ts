/** Two people, two tabs of a real browser, two api processes: what one of them does with a call is on the screen of both. */
import type { Page } from 'playwright-core';
import type { AgentId } from '#domain';
import { newId, newToken, hashToken } from '#platform';
import { makeContact } from '../builders/contact.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { LivePages, hasChromium } from '../harness/live-pages.js';
import { makeConnection, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

/** From the PBX's webhook to the screen. Of several calls the middle one, as others work on the machine too. */
const WITHIN_MS = 300;
const CALLS = 5;

(hasChromium() ? describe : describe.skip).each(BACKENDS)('a call in two tabs, on $name', (backend) => {
  let chain: Chain;
  let pages: LivePages;
  let connection: TestConnection;
  let tabs: { dana: Page; omer: Page };

  beforeAll(async () => {
    chain = await Chain.open(backend);
    await chain.start('ingress', 'enricher', 'api');
    const second = await chain.product.start('api');
    const { tenantId } = chain.endpoint;
    connection = await makeConnection(chain.sql, tenantId);
    const token = newToken('sk');
    await chain.sql.rows(
      `INSERT INTO api_key (id, tenant_id, name, hash, prefix, scopes, created_at) VALUES ($1, $2, 'page', $3, 'sk_', '{read}', now())`,
      [newId(), tenantId, hashToken(token)],
    );
    await makeContact(chain.sql, tenantId, { name: 'Jane Roe', phones: ['+972502345678'] });
    pages = await LivePages.open();
    const tab = async (number: string, api: string) => {
      const agent = newId<AgentId>();
      await chain.sql.rows(
        `INSERT INTO agent (id, tenant_id, name, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
        [agent, tenantId, number],
      );
      await chain.sql.rows(
        `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, agent_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, '{}', $5, now(), now())`,
        [newId(), tenantId, connection.id, number, agent],
      );
      return pages.tab({ api, token, agent });
    };
    tabs = { dana: await tab('101', chain.process('api').url()), omer: await tab('102', second.url()) };
  });
  afterAll(async () => {
    await pages.close();
    await chain.close();
  });

  /** @returns when it was sent, epoch milliseconds */
  async function webhook(ivrid: string, fields: Record<string, unknown>): Promise<number> {
    const sentAt = Date.now();
    const response = await fetch(chain.process('ingress').url(`${connection.basePath}/popup`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone: '972502345678', ivrid, ...fields }),
    });
    expect(response.status).toBe(200);
    return sentAt;
  }

  /** How long after `sentAt` a tab showed this of a call. */
  const shownAfter = (page: Page, call: string, { state, sentAt }: { state: string; sentAt: number }) =>
    until(`${state} on the screen`, async () => {
      const shown = await page.evaluate<Record<string, number>>('window.shownAt');
      const at = shown[`${call} ${state}`];
      return at === undefined ? undefined : Math.max(1, at - sentAt);
    });

  it('rings in both, and when one answers both say so at once', async () => {
    const rang: number[] = [];
    const answered: number[] = [];
    for (let turn = 1; turn <= CALLS; turn += 1) {
      const ivrid = `two-tabs-${String(turn)}`;
      await webhook(ivrid, { extenUser: '101', status: 'Ringing' });
      const sentAt = await webhook(ivrid, { extenUser: '102', status: 'Ringing' });
      const call = await until('the call', async () => {
        const [row] = await chain.sql.rows<{ id: string }>('SELECT id FROM call WHERE vendor_call_id = $1', [
          ivrid,
        ]);
        return row?.id;
      });
      await shownAfter(tabs.dana, call, { state: 'ringing', sentAt });
      rang.push(await shownAfter(tabs.omer, call, { state: 'ringing', sentAt }));
      expect(await tabs.omer.textContent(`#call-${call}`)).toBe('Jane Roe: ringing');
      const answeredAt = await webhook(ivrid, { extenUser: '102', status: 'Talking', isAnswered: true });
      await webhook(ivrid, { extenUser: '101', status: 'Hangup', cause: 'Answered elsewhere' });
      const both = await Promise.all([
        shownAfter(tabs.omer, call, { state: 'answered', sentAt: answeredAt }),
        shownAfter(tabs.dana, call, { state: 'elsewhere', sentAt: answeredAt }),
      ]);
      answered.push(Math.max(...both));
    }
    const middle = (all: number[]) => [...all].sort((a, b) => a - b)[CALLS >> 1];
    expect(middle(rang)).toBeLessThan(WITHIN_MS);
    expect(middle(answered)).toBeLessThan(WITHIN_MS);
  });
});
