import type { AskFailure } from '#domain';
import { EVERYTHING_TOLD, EVERY_FAILURE } from '../../conformance/told.fixture.js';
import { askOf, jsonOf, problemOf, readAsked, replyTelling, replyTo } from './api.fixture.js';

describe('muting a recording', () => {
  it('is asked for all calls of an extension, or for one call', () => {
    expect(askOf('mute-calls', 'extension.json')).toEqual({
      kind: 'record',
      extension: 'SIPSIP',
      state: 'mute',
    });
    expect(askOf('mute-calls', 'call.query')).toEqual({
      kind: 'record',
      callId: '202406011200abc123def456',
      state: 'unmute',
    });
  });

  it('is of the one call where both are named', () => {
    expect(askOf('mute-calls', { query: 'extension=101&ivrid=abc&state=1' })).toEqual({
      kind: 'record',
      callId: 'abc',
      state: 'mute',
    });
  });

  it.each(['state=1', 'extension=101', 'extension=101&state=perhaps'])('is not guessed from %s', (query) => {
    expect(problemOf('mute-calls', { query })).toBe('Parameters are not valid');
  });

  it('comes from nobody where no code is sent: the vendor asks for none', () => {
    expect(readAsked('mute-calls', 'extension.json').presented).toEqual({ kind: 'none' });
  });

  it('is answered as the vendor does, the number as text', () => {
    expect(jsonOf(replyTelling(readAsked('mute-calls', 'call.query'), EVERYTHING_TOLD.record))).toEqual({
      ErrorCode: '200',
      Message: 'Success',
      ActionID: '14d3b31988b247be8ff5818d1cadc3d3',
    });
  });

  const codes: [AskFailure['code'], string, RegExp][] = [
    ['not_found', '404', /^UniqueIvrID not found$/],
    ['unauthorised', '401', /./],
    ['invalid', '400', /./],
    ['unsupported', '501', /^The PBX plays no messages\.$/],
  ];
  it.each(codes)('is refused: %s is %s', (code, number, words) => {
    const reply = replyTo(readAsked('mute-calls', 'call.query'), { ok: false, failure: EVERY_FAILURE[code] });
    expect(jsonOf(reply)).toEqual({
      ErrorCode: number,
      Message: expect.stringMatching(words) as string,
      ActionID: '',
    });
  });
});
