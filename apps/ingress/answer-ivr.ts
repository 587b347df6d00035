import type { Answerers } from './take-webhook.js';

/** Says what a caller hears next. */
export function answerIvr(): Answerers['ivr'] {
  return () =>
    Promise.resolve({
      kind: 'ivr',
      action: { do: 'fallback' },
      language: null,
      callerName: null,
      customData: {},
    });
}
