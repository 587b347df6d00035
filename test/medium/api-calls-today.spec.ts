import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCall } from '../builders/history.js';
import { makePeople } from '../builders/people.js';
import { openApi, type TestApi } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

describe('the counts of today', () => {
  it('are by queue and by agent, since midnight by the clock that was asked for', async () => {
    const { id, client } = await api.tenant();
    const connection = await makeConnection(api.sql, id);
    const agentId = await makePeople(api.sql, connection);
    const make = (traits: object) => makeCall(api.sql, connection, { extension: '900', ...traits });
    await make({ queueId: '12', result: 'answered', extension: 'SIPDANA', talkSeconds: 60 });
    await make({ queueId: '12', result: 'answered', agentCode: '7421', talkSeconds: 30 });
    await make({ queueId: '12', result: 'abandoned', extension: '101' });
    await make({ queueId: '13', result: 'missed' });
    await make({ extension: '101', startedAt: Date.now() - 26 * 3_600_000 });
    const { status, body } = await client.get('/v1/calls/stats/today?zone=Asia/Jerusalem');
    const queues = [
      { connectionId: connection.id, queueId: '12', calls: 3, answered: 2, abandoned: 1 },
      { connectionId: connection.id, queueId: '13', calls: 1, answered: 0, abandoned: 0 },
    ];
    const agents = [{ agentId, answered: 2, talkSeconds: 90 }];
    expect([status, body]).toMatchObject([200, { complete: true, agents }]);
    expect((body['queues'] as object[]).sort(byQueue)).toEqual(queues);
    const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Jerusalem' });
    expect(clock.format(new Date(String(body['from'])))).toBe('00:00:00');
  });

  it('are nobody else’s, and want a time zone that there is', async () => {
    const { id } = await api.tenant();
    await makeCall(api.sql, await makeConnection(api.sql, id), { queueId: '12' });
    const { client } = await api.tenant();
    expect((await client.get('/v1/calls/stats/today')).body).toMatchObject({ queues: [], agents: [] });
    expect((await client.get('/v1/calls/stats/today?zone=Mars/Base')).status).toBe(400);
  });
});

function byQueue(one: object, other: object): number {
  const idOf = (queue: object): string => ('queueId' in queue ? String(queue.queueId) : '');
  return idOf(one) < idOf(other) ? -1 : 1;
}
