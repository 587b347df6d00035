import { makeCampaign } from '../builders/campaign.js';
import { makeAccount, makeOrder } from '../builders/dial-attempt.js';
import { BACKENDS } from '../harness/backends.js';
import { LiveOffice } from '../harness/live-office.js';
import { until } from '../harness/until.js';
import { VendorClient } from '../harness/vendor-client.js';

const [backend] = BACKENDS;

describe('campaigns on the realtime channel of a vendor', () => {
  let live: LiveOffice;
  const clients: VendorClient[] = [];

  beforeAll(async () => {
    if (backend === undefined) throw new Error('There is no backend.');
    live = await LiveOffice.open(backend);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await live.close();
  });

  it('are told with the calls that they have in the air, without the code by which one may dial', async () => {
    const { connection, tenantId } = await live.office();
    const { sql } = live.world;
    await makeAccount(sql, connection);
    const response = await fetch(`${live.url()}/v1/api-credentials`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await live.key(tenantId, ['read', 'write', 'admin'])}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        ...{ connectionId: connection.id, name: 'Wallboard', facade: 'voicenter', rights: ['realtime'] },
      }),
    });
    const { secret } = (await response.json()) as { secret: { code: string } };
    const spring = await makeCampaign(sql, connection);
    await makeCampaign(sql, connection, { state: 'stopped' });
    const other = await live.office();
    await makeCampaign(sql, other.connection);
    const client = new VendorClient('4.8', live.url());
    clients.push(client);
    await client.connected();
    client.emit('loginUserCode', secret.code);
    const { dialers } = await client.message('AllDialersStatus');
    const campaignID = expect.any(Number) as unknown;
    expect(dialers).toEqual([
      { campaignID, name: 'Spring', typeID: 1, type: 'Automatic', code: '', calls: 0, statistics: {} },
    ]);
    const order = await makeOrder(sql, connection, { state: 'ringing' });
    await sql.rows('UPDATE dial_attempt SET campaign_id = $1, owed = true WHERE id = $2', [spring, order]);
    const event = await client.message('DialerEvent');
    expect(event.data).toMatchObject({ name: 'Spring', calls: 1 });
    await sql.rows(`UPDATE campaign SET state = 'stopped' WHERE id = $1`, [spring]);
    await client.message('DialersUpdated');
    client.emit('resync', { cache: false });
    await until(
      'none of them',
      () => (client.all('AllDialersStatus').at(-1)?.['dialers'] as unknown[]).length === 0 || undefined,
    );
  });
});
