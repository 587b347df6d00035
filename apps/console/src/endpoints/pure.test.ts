import { describe, expect, it } from 'vitest';
import type { EndpointAuthDto, EndpointDto, EndpointStatsDto, GrantDto } from '../api/operations';
import { accessBody, accessDraftOf, NO_ACCESS } from './access-draft';
import { readEndpointSearch } from './endpoint-search';
import { askedBy, familiesOf, withPattern } from './event-choice';
import { needsOf } from './needs-of';

describe('which events are asked for', () => {
  const TYPES = ['call.ended', 'call.missed', 'endpoint.failing', 'order.placed'];

  it('is said by the narrowest pattern', () => {
    expect(askedBy(['call.*', '*'], 'call.ended')).toBe('call.*');
    expect(askedBy(['*'], 'call.ended')).toBe('*');
    expect(askedBy(['*'], 'endpoint.failing')).toBeUndefined();
    expect(askedBy(['call.*'], 'callback.made')).toBeUndefined();
  });

  it('has families', () => {
    expect(familiesOf(TYPES).map(({ pattern, isOperational }) => [pattern, isOperational])).toEqual([
      ['call.*', false],
      ['endpoint.*', true],
      ['order.*', true],
    ]);
  });

  it('leaves out what a wider pattern takes', () => {
    expect(withPattern(['call.ended', 'endpoint.failing'], 'call.*', true)).toEqual([
      'endpoint.failing',
      'call.*',
    ]);
    expect(withPattern(['call.ended', 'endpoint.failing'], '*', true)).toEqual(['endpoint.failing', '*']);
    expect(withPattern(['call.*'], 'call.*', false)).toEqual([]);
  });
});

describe('what an endpoint needs', () => {
  const now = Date.UTC(2026, 10, 30);
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  const quiet = {
    state: 'enabled',
    breaker: 'closed',
    failingSince: null,
    oldestWaitingSince: null,
    due: { count: 0 },
    held: { count: 0 },
    failuresInARow: 0,
  };
  const endpoint = { state: 'enabled', stateReason: null, backlogAlertMinutes: 15 } as EndpointDto;
  const codes = (
    more: object,
    {
      auth,
      grants,
      tries = 1,
      of = endpoint,
    }: { auth?: object; grants?: object[]; tries?: number; of?: EndpointDto } = {},
  ): string[] =>
    needsOf({
      endpoint: of,
      stats: { tries, now: { ...quiet, ...more } } as unknown as EndpointStatsDto,
      auth: auth as EndpointAuthDto | undefined,
      grants: grants as GrantDto[] | undefined,
      now,
    }).map(({ code }) => code);

  it('is nothing while all gets through, and a test where nothing was tried', () => {
    expect(codes({})).toEqual([]);
    expect(codes({}, { tries: 0 })).toEqual(['untried']);
  });

  it('begins with its state', () => {
    const disabled = { ...endpoint, state: 'disabled' } as EndpointDto;
    expect(codes({ state: 'disabled', failingSince: at(-9) }, { of: disabled })).toEqual([
      'disabled',
      'failing',
    ]);
  });

  it('is one word of trouble: the breaker, or that it fails', () => {
    expect(codes({ breaker: 'open', failingSince: at(-9) })).toEqual(['breaker']);
    expect(codes({ failingSince: at(-9) })).toEqual(['failing']);
  });

  it('is told of a backlog as late as it asked for', () => {
    expect(codes({ oldestWaitingSince: at(-14) })).toEqual([]);
    expect(codes({ oldestWaitingSince: at(-15) })).toEqual(['backlog']);
  });

  it('is somebody to sign in, or a new certificate', () => {
    const auth = { kind: 'oauth2_code' };
    expect(codes({}, { auth, grants: [] })).toEqual(['ungranted']);
    const grants = [{ state: 'good' }, { state: 'needs_attention', label: 'Dana' }];
    expect(codes({}, { auth, grants })).toEqual(['grant']);
    const certificate = { validTo: at(60) };
    expect(codes({}, { auth: { kind: 'certificate', certificate } })).toEqual(['certificate']);
  });
});

describe('access', () => {
  it('sends only what its kind has, and of that what was filled in', () => {
    const values = { user: 'u', password: 'p', token: 'left over', tokenUrl: 'https://id.example/token' };
    expect(accessBody({ ...NO_ACCESS, kind: 'basic', values })).toEqual({
      auth: { kind: 'basic', user: 'u', password: 'p' },
    });
  });

  it('reads pairs, numbers and switches', () => {
    const values = {
      authoriseParameters: 'access_type=offline\nprompt=a=b',
      keepAliveDays: '7',
      pkce: 'false',
    };
    expect(accessBody({ ...NO_ACCESS, kind: 'oauth2_code', values }).auth).toEqual({
      kind: 'oauth2_code',
      authoriseParameters: { access_type: 'offline', prompt: 'a=b' },
      keepAliveDays: 7,
      pkce: false,
    });
  });

  it('gives again what is no secret, and has the secrets typed', () => {
    const auth = {
      kind: 'oauth2_code',
      clientId: 'us',
      pkce: false,
      keepAliveDays: 7,
      scope: null,
      authoriseParameters: { a: 'b', c: 'd' },
      certificate: { subject: 'CN=x', serialNumber: '1' },
    } as unknown as EndpointAuthDto;
    expect(accessDraftOf({ auth, headers: ['x-api-key'] })).toEqual({
      kind: 'oauth2_code',
      values: { clientId: 'us', pkce: 'false', keepAliveDays: '7', authoriseParameters: 'a=b\nc=d' },
      headers: [{ name: 'x-api-key', value: '' }],
    });
    const shown = {
      kind: 'certificate',
      certificate: { subject: 'CN=x', validTo: 1 },
    } as unknown as EndpointAuthDto;
    expect(accessDraftOf({ auth: shown, headers: [] }).values).toEqual({});
  });

  it('leaves out headers without a name', () => {
    const headers = [
      { name: ' X-Api-Key ', value: 'k' },
      { name: '', value: 'lost' },
    ];
    expect(accessBody({ ...NO_ACCESS, headers })).toEqual({
      auth: { kind: 'none' },
      headers: { 'X-Api-Key': 'k' },
    });
  });
});

describe('the address', () => {
  it('says tab, window and what is explained, and nothing that it does not know', () => {
    expect(readEndpointSearch({ tab: 'explain', callId: 'x', hours: 3, other: 1 })).toEqual({
      tab: 'explain',
      callId: 'x',
      hours: 3,
    });
    expect(readEndpointSearch({ tab: 'nonsense', hours: 5 })).toEqual({});
  });
});
