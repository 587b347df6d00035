import { describe, expect, it } from '@jest/globals';
import { instant, readReason, type NextStep } from '#domain';
import { recordOf } from './forwarding.js';

const NOW = instant(1_000);
const ANSWERED = 'The endpoint answered 500.';
const ATTENTION = 'Needs attention: There is no access token: the token endpoint answered 401.';

describe('what follows a try, in words', () => {
  it.each<[NextStep, string | null, string, object]>([
    [{ kind: 'done', note: 'The endpoint answered 200.' }, null, 'answered', { status: 200 }],
    [{ kind: 'retry', at: instant(61_000), burnsAttempt: true }, null, 'retry_scheduled', { seconds: 60 }],
    [
      { kind: 'retry', at: instant(61_000), burnsAttempt: true },
      ATTENTION,
      'retry_scheduled',
      { seconds: 60, attention: ATTENTION, attentionCode: 'no_token' },
    ],
    [{ kind: 'retry', at: NOW, burnsAttempt: false }, null, 'token_renewed', {}],
    [{ kind: 'wait-endpoint', until: instant(31_000) }, null, 'endpoint_waits', { seconds: 30 }],
    [
      { kind: 'disable-endpoint', reason: 'The endpoint answered 410. It wants no more messages.' },
      null,
      'endpoint_was_disabled',
      { causeCode: 'wants_no_more', status: 410 },
    ],
    [{ kind: 'dead', reason: `Gave up after 1 try. ${ANSWERED}` }, null, 'retries_used_up', { tries: 1 }],
  ])('has a code: %j', (step, attention, code, params) => {
    const { decision } = recordOf(step, NOW, attention);
    expect(readReason(decision)).toMatchObject({ code, params });
  });
});
