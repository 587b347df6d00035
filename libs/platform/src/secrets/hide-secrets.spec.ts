import { hideSecrets } from './hide-secrets.js';

describe('a text that repeats secrets', () => {
  it('loses each of them, also where one is a part of another', () => {
    const text = 'you sent Bearer s3cret-token and s3cret, s3cret';
    expect(hideSecrets(text, ['s3cret', 's3cret-token'])).toBe(
      'you sent Bearer [redacted] and [redacted], [redacted]',
    );
  });

  it('takes them for text, not for patterns', () => {
    expect(hideSecrets('a.*$&+b and abcdef', ['a.*$&+b'])).toBe('[redacted] and abcdef');
  });

  it('keeps words that are too short to be told from ordinary ones', () => {
    expect(hideSecrets('a yes is a yes', ['yes', ''])).toBe('a yes is a yes');
  });
});
