import { parseCidrList } from './address-guard.js';
import { guardedLookup } from './guarded-lookup.js';
import { dnsResolveHost, type ResolveHost } from './resolve-host.js';

const PUBLIC = { address: '93.184.216.34', family: 4 as const };
const PUBLIC_V6 = { address: '2606:4700:4700::1111', family: 6 as const };
const PRIVATE = { address: '10.0.0.1', family: 4 as const };

/** What a socket would be told. */
function lookUp(resolve: ResolveHost, { all = true, allow = '', budgetMs = 1_000 } = {}): Promise<unknown> {
  const lookup = guardedLookup({ resolve, allow: parseCidrList(allow), budgetMs });
  return new Promise((done, fail) => {
    lookup('crm.test', { all }, (error, address) => {
      if (error === null) done(address);
      else fail(error);
    });
  });
}

function answering(...answer: Awaited<ReturnType<ResolveHost>>): ResolveHost {
  return () => Promise.resolve(answer);
}

describe('guardedLookup', () => {
  it('hands over all addresses of a public name, or the first one to those who want one', async () => {
    expect(await lookUp(answering(PUBLIC, PUBLIC_V6))).toEqual([PUBLIC, PUBLIC_V6]);
    expect(await lookUp(answering(PUBLIC, PUBLIC_V6), { all: false })).toBe(PUBLIC.address);
  });

  it.each([
    [[PRIVATE]],
    [[PUBLIC, PRIVATE]],
    [[PRIVATE, PUBLIC]],
    [[PUBLIC_V6, { address: '::1', family: 6 as const }]],
  ])('refuses a name when any answer is forbidden: %j', async (answer) => {
    await expect(lookUp(answering(...answer))).rejects.toMatchObject({ why: 'blocked' });
  });

  it('refuses an answer that is no address', async () => {
    await expect(lookUp(answering({ address: 'evil', family: 4 }))).rejects.toMatchObject({ why: 'blocked' });
  });

  it('lets the operator open a subnet', async () => {
    expect(await lookUp(answering(PRIVATE), { allow: '10.0.0.0/8' })).toEqual([PRIVATE]);
  });

  it.each([
    ['nothing', answering()],
    ['an error', () => Promise.reject(new Error('queryA ESERVFAIL'))],
    ['nothing in time', () => new Promise<never>(() => undefined)],
  ])('says that a name does not resolve when the name server answers %s', async (_what, resolve) => {
    await expect(lookUp(resolve, { budgetMs: 10 })).rejects.toMatchObject({ why: 'dns' });
  });

  it('asks once for a burst of connections, and again for the next one', async () => {
    let asked = 0;
    const resolve: ResolveHost = () => {
      asked += 1;
      return Promise.resolve([PUBLIC]);
    };
    const lookup = guardedLookup({ resolve, allow: [], budgetMs: 1_000 });
    const once = (): Promise<void> =>
      new Promise((done) => {
        lookup('crm.test', {}, () => {
          done();
        });
      });
    await Promise.all([once(), once(), once()]);
    expect(asked).toBe(1);
    await once();
    expect(asked).toBe(2);
  });
});

describe('dnsResolveHost', () => {
  it.each(['localhost', 'crm.localhost', 'localhost.'])(
    '%s is this machine and is asked of nobody',
    async (name) => {
      expect(await dnsResolveHost()(name)).toEqual([{ address: '127.0.0.1', family: 4 }]);
    },
  );
});
