import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain';
import { judgeAnswer, type Verdict } from './judge-answer.js';

const NOW = instant(1_000_000);
const judge = (status: number, headers: Record<string, string> = {}, path = '/1.mp3'): Verdict =>
  judgeAnswer({ status, headers }, path, NOW);
const typed = (type: string, path?: string) => judge(200, { 'content-type': type }, path);
const problem = (verdict: Verdict) =>
  verdict.kind === 'problem' ? [verdict.problem.status, verdict.problem.code] : verdict.kind;

describe('judgeAnswer', () => {
  it('plays sounds, whole and in parts', () => {
    expect(typed('Audio/MPEG; charset=x')).toEqual({ kind: 'play', type: 'audio/mpeg', extension: 'mp3' });
    expect(judge(206, { 'content-type': 'audio/x-wav' })).toMatchObject({ kind: 'play', extension: 'wav' });
    expect(typed('audio/unheard-of')).toEqual({ kind: 'play', type: 'audio/unheard-of', extension: 'audio' });
  });

  it('takes octets for what the name of the file says, when that is a sound', () => {
    expect(typed('binary/octet-stream', '/a/1.WAV')).toEqual({
      kind: 'play',
      type: 'audio/wav',
      extension: 'wav',
    });
    expect(typed('application/octet-stream', '/page.html')).toEqual({
      kind: 'play',
      type: 'application/octet-stream',
      extension: 'bin',
    });
  });

  it.each([
    'text/html',
    'image/svg+xml',
    '',
    'audio',
    'audio/',
    'audio/x html',
    'text/html, audio/mpeg',
    'application/xml',
  ])('passes on nothing of the type %p', (type) => {
    expect(problem(typed(type))).toEqual([502, 'recording.not_audio']);
  });

  it('passes on nothing in a coding that was not asked for', () => {
    const headers = { 'content-type': 'audio/mpeg', 'content-encoding': 'gzip' };
    expect(problem(judge(200, headers))).toEqual([502, 'recording.not_audio']);
  });

  it('obeys a PBX that asks to wait, within reason', () => {
    expect(judge(429, { 'retry-after': '7' })).toEqual({ kind: 'rest', until: NOW + 7_000 });
    expect(judge(503, { 'retry-after': '7' })).toEqual({ kind: 'rest', until: NOW + 7_000 });
    expect(judge(429)).toEqual({ kind: 'rest', until: NOW + 30_000 });
    expect(judge(429, { 'retry-after': '999999999' })).toEqual({ kind: 'rest', until: NOW + 3_600_000 });
  });

  it.each([
    [401, 502, 'recording.refused'],
    [403, 502, 'recording.refused'],
    [404, 404, 'recording.gone'],
    [410, 404, 'recording.gone'],
    [302, 502, 'recording.redirected'],
    [500, 502, 'recording.failed'],
    [503, 502, 'recording.failed'],
    [204, 502, 'recording.failed'],
  ])('says of a status %i what it means', (status, ours, code) => {
    expect(problem(judge(status))).toEqual([ours, code]);
  });

  it('passes on that a part is not there', () => {
    expect(judge(416).kind).toBe('no such range');
  });
});
