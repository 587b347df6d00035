import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';

const PATH = '/v1/do-not-call';

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
});

const add = (numbers: unknown[], more: object = { country: 'IL' }) =>
  tenant.client.post(PATH, { numbers, ...more });
const listed = async (query = '') =>
  (await tenant.client.get(`${PATH}${query}`)).body.data.map(({ number }) => number);

describe('the list of numbers that are not called', () => {
  it('takes numbers in any spelling, and says of each that it cannot read why', async () => {
    const answer = await add([
      { number: '050-234-5678', name: 'Asked not to' },
      { number: '+972502345678' },
      { number: '+44 20 7946 0018', name: null },
      { number: 'nobody' },
      { number: '0502345679', name: ' ' },
      { number: '0502345679', nmae: 'x' },
      null,
      7,
    ]);
    expect([answer.status, answer.body]).toMatchObject([200, { added: 2, unchanged: 1 }]);
    const refused = answer.body['refused'] as { index: number; reason: string }[];
    expect(refused.map(({ index }) => index)).toEqual([3, 4, 5, 6, 7]);
    expect(refused.every(({ reason }) => reason.endsWith('.'))).toBe(true);
    expect(await listed()).toEqual(['+442079460018', '+972502345678']);
    expect((await add([{ number: '+972502345678', name: 'Other' }])).body).toEqual({
      ...{ added: 0, unchanged: 1, refused: [] },
    });
    const first = (await tenant.client.get(`${PATH}?prefix=972`)).body.data[0];
    expect(first).toMatchObject({ name: 'Asked not to', source: 'api' });
  });

  it('reads a number without its country code only with a country beside it', async () => {
    expect((await add([{ number: '0502345678' }], {})).body).toMatchObject({
      added: 0,
      refused: [{ index: 0 }],
    });
    expect((await add([{ number: '0502345678' }], { country: 'il' })).body).toMatchObject({ added: 1 });
  });

  it('is read page by page, and by how numbers begin', async () => {
    const numbers = Array.from({ length: 7 }, (_, at) => ({ number: `+97250234567${String(at)}` }));
    await add([...numbers, { number: '+442079460018' }]);
    const pages: unknown[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await tenant.client.get(`${PATH}?prefix=97250&limit=3${query}`);
      pages.push(body.data.map(({ number }) => number));
      cursor = body.nextCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(numbers.map(({ number }) => number));
    expect(await listed('?prefix=%2B44')).toEqual(['+442079460018']);
    const odd = Buffer.from(JSON.stringify(['a\u0000'])).toString('base64url');
    expect((await tenant.client.get(`${PATH}?cursor=${odd}`)).body['code']).toBe('cursor.invalid');
  });

  it('says of one number whether it is on it', async () => {
    await add([{ number: '+972502345678' }]);
    expect((await tenant.client.get(`${PATH}/%2B972502345678`)).body).toMatchObject({
      number: '+972502345678',
    });
    expect((await tenant.client.get(`${PATH}/0502345678?country=IL`)).status).toBe(200);
    expect((await tenant.client.get(`${PATH}/%2B97250234567`)).status).toBe(404);
    expect((await tenant.client.get(`${PATH}/0502345678`)).status).toBe(400);
  });

  it('lets numbers go', async () => {
    await add([{ number: '+972502345678' }, { number: '+442079460018' }]);
    const numbers = ['050 234 5678', '+972502345679', 'x', {}];
    const answer = await tenant.client.post(`${PATH}/remove`, { country: 'IL', numbers });
    expect(answer.body).toMatchObject({ removed: 1, unchanged: 1, refused: [{ index: 2 }, { index: 3 }] });
    expect(await listed()).toEqual(['+442079460018']);
    const actions = (await tenant.client.get('/v1/audit')).body.data.map((entry) => entry['action']);
    expect(actions).toEqual(['do_not_call.removed', 'do_not_call.added']);
  });

  it('is given out as a file', async () => {
    await add([{ number: '+972502345678', name: 'Levi, Dana' }, { number: '+442079460018' }]);
    const { text, headers } = await tenant.client.get(`${PATH}/export`);
    expect(headers.get('content-type')).toContain('text/csv');
    const [head, first, second] = text.split('\r\n');
    expect(head).toBe('number,name,source,createdAt');
    expect(first).toMatch(/^\+442079460018,,api,\d{4}-/);
    expect(second).toMatch(/^\+972502345678,"Levi, Dana",api,/);
  });

  it('takes ten thousand at once, and no more', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ number: `+9725${String(20_000_000 + at)}` }));
    expect((await add(many)).body).toMatchObject({ added: 10_000, refused: [] });
    expect((await add([...many, { number: '+442079460018' }])).status).toBe(400);
    expect((await add([])).status).toBe(400);
  });

  it('is each tenant’s own', async () => {
    await add([{ number: '+972502345678' }]);
    const { client } = await api.tenant('Other');
    expect((await client.get(PATH)).body.data).toEqual([]);
    expect((await client.get(`${PATH}/%2B972502345678`)).status).toBe(404);
    expect((await client.post(`${PATH}/remove`, { numbers: ['+972502345678'] })).body['removed']).toBe(0);
    expect(await listed()).toEqual(['+972502345678']);
  });
});
