import { playedUrl, readPlayOptions } from './play-options.js';

const URL = 'http://localhost:3000/in/token/voipnow/hangup';

describe('the options of play', () => {
  it('need an ingress URL and nothing else', () => {
    expect(readPlayOptions(['--url', URL])).toMatchObject({
      urls: [{ vendor: 'voipnow', baseUrl: 'http://localhost:3000/in/token/voipnow' }],
      scenario: 'mixed',
      calls: 20,
      speed: 60,
      disorder: false,
    });
  });

  it('take the vendor from the URL, or from --vendor where the URL ends before it', () => {
    const base = 'http://localhost:3000/in/token';
    expect(playedUrl(`${base}/globalex`)).toEqual({ vendor: 'globalex', baseUrl: `${base}/globalex` });
    expect(playedUrl(`${base}/`, 'globalex')).toEqual({ vendor: 'globalex', baseUrl: `${base}/globalex` });
    expect(() => playedUrl(base)).toThrow('--vendor is needed');
    expect(() => playedUrl(URL, 'globalex')).toThrow('This is a URL for voipnow, not globalex.');
    expect(() => playedUrl('http://localhost:3000/v1')).toThrow('This is no ingress URL');
  });

  it('know max as a speed', () => {
    expect(readPlayOptions(['--url', URL, '--speed', 'max']).speed).toBe(Infinity);
  });

  it.each([
    [[], 'Say where the calls go'],
    [['--url', 'x'], 'This is not a URL'],
    [['--url', URL, '--scenario', 'chat'], '--scenario knows answered, '],
    [
      ['--url', URL, '--vendor', 'avaya'],
      '--vendor knows voicenter, voipnow, globalex, asterisk; not "avaya".',
    ],
    [['--url', URL, '--speed', '0'], '--speed wants a number'],
  ])('say in a sentence what is wrong with %j', (args, sentence) => {
    expect(() => readPlayOptions(args)).toThrow(sentence);
  });
});
