import { describe, expect, it } from '@jest/globals';
import { orderOf, type Order } from '#domain';
import type { DriverAccount } from '../driver.js';
import { answering, scriptedPbx } from '../scripted-pbx.fixture.js';
import { globalexDriver as driver } from './globalex.js';

const ACCOUNT: DriverAccount = {
  settings: { user: 'demo', org: 'acme' },
  secrets: { pass: 'gl0balex&s3cret' },
  numbers: 'local',
  country: 'IL',
  timeZone: 'Asia/Jerusalem',
  token: null,
};
const CALL = orderOf('call', { kind: 'extension', value: '101' }, { kind: 'number', value: '+972501234567' });

async function placing(answer: string | object, order: Order = CALL, settings: object = {}) {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const { io, requests } = scriptedPbx(answering(text, 200, { 'content-type': 'text/html' }));
  const account = { ...ACCOUNT, settings: { ...ACCOUNT.settings, ...settings } };
  const told = await driver.place(order, 'c', account, io);
  const url = new URL(requests[0]?.url ?? 'http://none.test');
  return { told, url, params: Object.fromEntries(url.searchParams), method: requests[0]?.method };
}

describe('an order to GlobalEx', () => {
  it('is a GET with a local number, as in the example of the seed', async () => {
    const { method, url, params } = await placing('');
    expect(method).toBe('GET');
    expect(url.origin + url.pathname).toBe('https://voip.globalex.co.il/API/dialup.php');
    expect(params).toEqual({
      user: 'demo',
      pass: 'gl0balex&s3cret',
      org: 'acme',
      dial1: '101',
      dial2: '0501234567',
      showUID: 'yes',
      Response: 'yes',
      RFormat: 'json',
    });
  });

  it('never dials a plus', async () => {
    const { io, requests } = scriptedPbx('');
    await driver.place(CALL, 'c', { ...ACCOUNT, numbers: 'e164_plus' }, io);
    expect(requests[0]?.url).toContain('dial2=972501234567&');
  });

  it.each([
    [{ data: { Response: 'OK', Uniqueid1: '1.2' } }, { kind: 'done', vendorCallId: '1.2' }],
    [{ Response: 'success' }, { kind: 'done', vendorCallId: null }],
    ['Response: OK<br>\nUniqueid1: 1.2<br>', { kind: 'done', vendorCallId: '1.2' }],
    [{ data: { Response: 'fail', Message: 'no' } }, { kind: 'refused', code: 'fail', text: 'no' }],
    ['bad event', { kind: 'refused', text: 'bad event' }],
    ['You need to login first', { kind: 'refused' }],
    ['<p>Restricted access</p>', { kind: 'refused' }],
    ['<!DOCTYPE html><html><title>Login</title></html>', { kind: 'refused' }],
    [{ data: {} }, { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
  ])('that is answered with 200 and %j', async (answer, told) => {
    expect((await placing(answer)).told).toMatchObject(told);
  });

  it.each([
    ['with_caller_id', true, '97231234567'],
    ['with_caller_id', false, undefined],
    ['with_caller_id', null, '97231234567'],
    ['without_caller_id', true, undefined],
    ['without_caller_id', false, '97231234567'],
  ])('where it records %s and record is %j has SetCID %s', async (recording, record, callerId) => {
    const order = { ...CALL, record, callerId: { first: null, second: '+97231234567' } };
    expect((await placing('', order, { recording })).params['SetCID']).toBe(callerId);
  });

  it('rings no longer than the vendor allows', async () => {
    const order = { ...CALL, ringSeconds: { first: 900, second: null } };
    expect((await placing('', order)).params['Timeout']).toBe('300');
  });
});

it.each([
  [{ data: { Status: 'free' } }, { state: 'free' }],
  [{ data: { Status: 'InUse', Uniqueid: '1.2' } }, { state: 'busy', vendorCallId: '1.2' }],
  [{ exten: '101', word: 'constructor' }, { kind: 'unknown' }],
])('an extension of which %j is told', async (answer, told) => {
  expect(await driver.extensionState?.('101', ACCOUNT, scriptedPbx(answer).io)).toMatchObject(told);
});

it('cannot list the calls of all extensions at once, and asks for none', async () => {
  const { io, requests } = scriptedPbx('');
  const told = await driver.listCalls?.(null, ACCOUNT, io);
  expect(told).toEqual({ kind: 'unsupported', capability: 'list_calls' });
  expect(requests).toHaveLength(0);
});
