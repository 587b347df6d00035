import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { id, instant } from '#domain';
import { isUsefulPattern } from './fields/event-types-field.decorator.js';
import { sampleCall } from './sample-call.js';

describe('isUsefulPattern', () => {
  it('takes names and wildcards that some event answers to', () => {
    expect(
      ['*', 'call.*', 'call.ended', 'ivr.*', 'queue.*', 'queue.left', 'endpoint.test'].filter(
        (pattern) => !isUsefulPattern(pattern),
      ),
    ).toEqual([]);
  });

  it('refuses what would wait for ever', () => {
    const useless = ['', 'call', 'call.endded', 'Call.*', '.*', '**', ' call.ended', 'constructor', 7, null];
    expect(useless.filter(isUsefulPattern)).toEqual([]);
  });
});

describe('sampleCall', () => {
  it('is a call that ended now, and says that it is none', () => {
    const call = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: id('c'), connection: id('k') });
    expect(call).toMatchObject({ test: true, id: 'c', endedAt: '2026-11-21T09:30:00.000Z', talkSeconds: 60 });
    expect(call.answeredAt).toBe('2026-11-21T09:29:00.000Z');
  });
});
