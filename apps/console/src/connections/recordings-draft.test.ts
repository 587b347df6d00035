import { describe, expect, it } from 'vitest';
import { recordingsBodyOf, recordingsDraftOf } from './recordings-draft';

const ACCESS = {
  kind: 'basic',
  user: 'recordings',
  name: null,
  hosts: ['pbx.example.com'],
  template: null,
  encoding: 'plain',
} as const;

describe('how recordings are fetched', () => {
  it('begins without the secret, which nobody tells', () => {
    expect(recordingsDraftOf(ACCESS)).toMatchObject({ user: 'recordings', secret: '' });
  });

  it('asks only for what belongs to the kind', () => {
    const draft = { ...recordingsDraftOf(ACCESS), secret: 's', hosts: 'PBX.example.com\n*.b.example, ' };
    expect(recordingsBodyOf(draft)).toEqual({
      kind: 'basic',
      user: 'recordings',
      password: 's',
      hosts: ['pbx.example.com', '*.b.example'],
      template: null,
      encoding: 'plain',
    });
    expect(recordingsBodyOf({ ...draft, kind: 'none', template: ' https://x/{record} ' })).toEqual({
      kind: 'none',
      template: 'https://x/{record}',
      encoding: 'plain',
    });
    expect(recordingsBodyOf({ ...draft, kind: 'header', name: 'X-Key' })).toMatchObject({
      name: 'X-Key',
      value: 's',
    });
  });
});
