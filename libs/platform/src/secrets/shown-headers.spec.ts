import { describe, expect, it } from '@jest/globals';
import { shownHeaders } from './shown-headers.js';

describe('shownHeaders', () => {
  it('shows what helps and hides what opens doors', () => {
    expect(
      shownHeaders({
        'user-agent': 'PBX',
        authorization: 'Basic abc',
        cookie: ['a=1', 'b=2'],
        'x-forwarded-uri': '/in/in_token/voicenter/cdr?x=1',
        'x-original-url': '/in/in_token/voipnow/event&token=s3cret?CallID=1',
        referer: 'https://hook.example/in/in_token',
        accept: ['a', 'b'],
        nonsense: 7,
      }),
    ).toEqual({
      'user-agent': 'PBX',
      authorization: '[redacted]',
      cookie: '[redacted]',
      'x-forwarded-uri': '/in/[redacted]/voicenter/cdr?x=1',
      'x-original-url': '/in/[redacted]/voipnow/event&token=[redacted]?CallID=1',
      referer: 'https://hook.example/in/[redacted]',
      accept: 'a, b',
    });
  });
});
