import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Sent } from '#platform';
import { DRIVERS } from '../registry.js';
import type { DriverAnswer } from '../driver.js';
import { answering, failing, scriptedPbx } from '../scripted-pbx.fixture.js';
import { asksOf, CORRELATOR, ORDERS, unasked } from './asks-of.js';
import { SAMPLE_ACCOUNTS, type SampleAccount } from './sample-accounts.js';

const KINDS = ['done', 'refused', 'unknown', 'unsupported'];

/** What a broken or hostile server may say, with words that drivers look for among it. */
const words = fc.constantFrom(
  'ERRORCODE',
  'CALLID',
  'Response',
  'data',
  'OK',
  '0',
  'EXTENSIONS',
  'calls',
  'entry',
);
const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    tie('record'),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
  record: fc.dictionary(fc.oneof(words, fc.string()), tie('any'), { maxKeys: 6 }),
})).any;
const bodies = fc.oneof(
  fc.string(),
  values.map((value) => JSON.stringify(value)),
  fc.array(words).map((said) => `<${said.join('><')}>`),
);
const junk = fc.record({
  status: fc.constantFrom(200, 201, 204, 302, 400, 401, 404, 500, 503),
  type: fc.constantFrom('application/json', 'text/html', 'text/xml', ''),
  body: bodies,
});

describe.each(DRIVERS.map((driver) => [driver.vendor, driver] as const))(
  'the driver of %s',
  (vendor, driver) => {
    const sample = SAMPLE_ACCOUNTS[vendor] as SampleAccount;
    const { account, placed, isPreliminary = () => false } = sample;
    const place = async (sent: Sent | object | string) => {
      const { io, requests } = scriptedPbx(sent);
      const answer = await driver.place(ORDERS.place_call, CORRELATOR, account, io);
      return { answer, ordered: requests.filter(({ url }) => !isPreliminary(url)) };
    };

    it('is asked for all that drivers may do', () => {
      expect(unasked(driver)).toEqual([]);
    });

    it('takes the sample account, and has a field for each of its values', () => {
      expect(driver.problemsOf(account.settings)).toEqual([]);
      const [secret, open] = [true, false].map((is) =>
        driver.fields.filter((field) => field.secret === is).map(({ name }) => name),
      );
      expect(secret).toEqual(expect.arrayContaining(Object.keys(account.secrets)));
      expect(open).toEqual(expect.arrayContaining(Object.keys(account.settings)));
    });

    it.each(['ftp://pbx.test', 'javascript:alert(1)', 'nonsense', 7, null])('does not talk to %s', (url) => {
      const urls = driver.fields.filter(({ name }) => /url$/i.test(name));
      expect(urls.length > 0).toBe(driver.asksThroughSocket !== true);
      for (const { name } of urls) {
        expect(driver.problemsOf({ ...account.settings, [name]: url })).toMatchObject([{ field: name }]);
      }
    });

    it('names the call that its PBX has placed', async () => {
      const { answer, ordered } = await place(placed);
      expect(answer).toEqual({ kind: 'done', vendorCallId: 'vendor-call-1' });
      expect(ordered).toHaveLength(1);
    });

    it('orders by a connection of its own and never lets the request be repeated', async () => {
      const { ordered } = await place(placed);
      expect(ordered).toMatchObject([driver.asksThroughSocket ? { asked: {} } : { onNewConnection: true }]);
      expect(ordered[0]?.mayRepeat).toBeUndefined();
    });

    it.each<[string, Sent, DriverAnswer<object>['kind']]>([
      ['HTTP 500', answering('oops', 500), 'unknown'],
      ['HTTP 503', answering('', 503), 'unknown'],
      ['a redirect', answering('', 302, { location: '/' }), 'unknown'],
      ['a reset after the request had left', failing('reset', 'sent'), 'unknown'],
      ['no answer in time', failing('timeout', 'sent'), 'unknown'],
      ['our own end', { kind: 'aborted' }, 'unknown'],
      ['HTTP 400', answering('no', 400), 'refused'],
      ['HTTP 404', answering('<html>', 404), 'refused'],
      ['a refused connection', failing('refused', 'unsent'), 'refused'],
      ['an unknown name', failing('dns', 'unsent'), 'refused'],
      ['a bad certificate', failing('tls', 'unsent'), 'refused'],
      ['our own guard', failing('blocked', 'unsent'), 'refused'],
      ['an empty answer', answering(''), 'unknown'],
      ['an answer that is cut', answering(JSON.stringify(placed).slice(0, 25)), 'unknown'],
    ])('after %s orders nothing more', async (_, sent, kind) => {
      const { answer, ordered } = await place(sent);
      expect(answer.kind).toBe(kind);
      expect(ordered).toHaveLength(1);
    });

    it.each(asksOf(driver))('says that it cannot $what, and sends nothing, or can', async ({ what, ask }) => {
      if (what === 'probe') return;
      const can = driver.can[what] === true;
      if (ask === undefined) {
        expect(can).toBe(false);
        return;
      }
      const { io, requests } = scriptedPbx('{}');
      const answer = await ask(account, io);
      expect(answer.kind === 'unsupported').toBe(!can);
      if (!can) expect(answer).toEqual({ kind: 'unsupported', capability: what });
      expect(requests.length > 0).toBe(can);
    });

    it('never throws, asks twice or tells a secret, whatever its PBX says', async () => {
      const secrets = Object.values(account.secrets);
      await fc.assert(
        fc.asyncProperty(junk, fc.constantFrom(...secrets, ''), async ({ status, type, body }, secret) => {
          for (const { ask } of asksOf(driver)) {
            if (ask === undefined) continue;
            const said = body + secret;
            const { io, requests } = scriptedPbx(answering(said, status, { 'content-type': type }));
            const answer = await ask(account, io);
            expect(KINDS).toContain(answer.kind);
            const urls = requests.map(({ url }) => url).filter((url) => !isPreliminary(url));
            expect(new Set(urls).size).toBe(urls.length);
            if (answer.kind === 'refused' || answer.kind === 'unknown') {
              for (const hidden of secrets) expect(JSON.stringify(answer)).not.toContain(hidden);
            }
          }
        }),
        { numRuns: 200 },
      );
    });

    it('tells no secret that its PBX echoes', async () => {
      for (const secret of Object.values(account.secrets)) {
        const echoed = `Wrong: ${secret} / ${encodeURIComponent(secret)}`;
        for (const status of [200, 403]) {
          const answers = [
            { ERRORCODE: 1, ERRORMESSAGE: echoed, Response: 'fail', Message: echoed },
            { error: { code: 'x', message: echoed } },
            echoed,
          ];
          for (const answer of answers) {
            const sent = answering(typeof answer === 'string' ? answer : JSON.stringify(answer), status);
            const told = JSON.stringify((await place(sent)).answer);
            expect(told).not.toContain(secret);
            expect(told).not.toContain(encodeURIComponent(secret));
          }
        }
      }
    });
  },
);
