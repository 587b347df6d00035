/** Agents' statuses: seed section 10. */
import type { AskFailure } from '#domain';
import { EVERYTHING_TOLD, EVERY_FAILURE } from '../../conformance/told.fixture.js';
import { askOf, jsonOf, problemOf, readAsked, replyTelling, replyTo } from './api.fixture.js';

const set = (status: number, standing: string) => ({ kind: 'set_agent_state', status, standing });

describe('10, the request parameters', () => {
  it('as the seed names them', () => {
    expect(readAsked('set-status', 'seed-request.query').presented).toEqual({
      kind: 'code',
      code: 'c0de-of-ours',
    });
    expect(askOf('set-status', 'seed-request.query')).toEqual({
      ...set(1, 'available'),
      agent: '12345',
      extension: 'SIPSIP',
    });
  });

  it('as newer clients do', () => {
    expect(askOf('set-status', 'newer-request.json')).toEqual({
      ...set(1, 'available'),
      agent: '123456789',
      extension: 'SIPSIP1',
    });
    expect(askOf('set-status', 'lunch.form')).toEqual({
      ...set(3, 'paused'),
      agent: '12345',
      extension: 'SIPSIP',
    });
  });

  it.each([
    [1, 'available'],
    [2, 'away'],
    ...[3, 4, 5, 7, 9, 11, 12, 13].map((status): [number, string] => [status, 'paused']),
  ])('status %i means %s', (status, standing) => {
    const query = `Code=c&ExtensionUser=SIPSIP&Status=${status}`;
    expect(askOf('set-status', { query })).toEqual({
      ...set(status, standing),
      agent: null,
      extension: 'SIPSIP',
    });
  });

  it.each([
    ['Status=1', 'UserID is missing'],
    ['UserID=1', 'Status is missing'],
    ['UserID=1&Status=99', 'Status not support'],
    ['UserID=1&Status=login', 'Status not support'],
  ])('%s: %s', (query, problem) => {
    expect(problemOf('set-status', { query })).toBe(problem);
  });
});

describe('10, the response parameters', () => {
  const reading = readAsked('set-status', 'seed-request.query');

  it('are OK, by both names of the message', () => {
    const told = EVERYTHING_TOLD.set_agent_state;
    expect(jsonOf(replyTelling(reading, told))).toEqual({
      Status: 1,
      StatusError: 1,
      StatusErrorMessage: 'OK',
      StatusErroMessage: 'OK',
    });
    expect(jsonOf(replyTelling(reading, { ...told, changed: false } as typeof told))).toMatchObject({
      Status: 1,
      StatusError: 0,
    });
  });

  const statuses: [AskFailure['code'], number][] = [
    ['unauthorised', 2],
    ['address', 2],
    ['invalid', 3],
    ['not_found', 3],
    ['refused', 4],
    ['offline', 4],
    ['unsupported', 5],
    ['unavailable', 5],
  ];
  it.each(statuses)('%s is %i', (code, status) => {
    const body = jsonOf(replyTo(reading, { ok: false, failure: EVERY_FAILURE[code] }));
    expect(body).toMatchObject({ Status: status, StatusErrorMessage: expect.stringMatching(/./) as string });
    expect(body['StatusErroMessage']).toBe(body['StatusErrorMessage']);
  });
});

describe('the list of statuses', () => {
  const reading = readAsked('status-list', 'list.query');

  it('has the organisation’s names and colours', () => {
    expect(askOf('status-list', 'list.query')).toEqual({ kind: 'agent_statuses' });
    expect(jsonOf(replyTelling(reading, EVERYTHING_TOLD.agent_statuses))).toEqual({
      Statuses: [{ ID: 3, Name: 'Lunch', Color: '#ffcc00' }],
    });
  });

  it('is empty for who may not see it', () => {
    expect(jsonOf(replyTo(reading, { ok: false, failure: EVERY_FAILURE.unauthorised }))).toMatchObject({
      Status: 2,
      Statuses: [],
    });
  });
});
