import { describe, expect, it } from 'vitest';
import { readConnectionSearch } from './connection-search';
import { standingOf } from './standing-of';
import { en } from './texts-en';
import { he } from './texts-he';
import { ownOfSocket } from './texts-of-socket';
import { trialCurl } from './trial-curl';
import { warningWords } from './warning-words';
import { countriesIn, zonesWith } from './zones-of';

describe('the address of a connection', () => {
  it('keeps what it knows and leaves out the rest', () => {
    const search = { tab: 'receipts', state: 'unparsed', receipt: 'r1', other: 1, from: '' };
    expect(readConnectionSearch(search)).toEqual({ tab: 'receipts', state: 'unparsed', receipt: 'r1' });
    expect(readConnectionSearch({ tab: 'nonsense', state: 'gone' })).toEqual({});
  });
});

describe('how a connection does', () => {
  const standing = (...codes: string[]) =>
    standingOf({ warnings: codes.map((code) => ({ code, message: '', params: {} })) as never });

  it('is told by what keeps everything out, before what spoils some of it', () => {
    expect(standing()).toBe('ok');
    expect(standing('clock.wrong', 'connection.disabled')).toBe('off');
    expect(standing('webhooks.none')).toBe('waiting');
    expect(standing('socket.never', 'webhooks.refused')).toBe('waiting');
    expect(standing('receipts.unparsed', 'socket.down')).toBe('down');
    expect(standing('clock.wrong', 'webhooks.silent')).toBe('silent');
    expect(standing('receipts.unparsed')).toBe('warned');
  });
});

describe('a warning', () => {
  it('is said in the language of the reader, filled with what it is about', () => {
    const silent = { code: 'webhooks.silent', params: { days: 4 } } as const;
    expect(warningWords(silent, en, 'en')?.text).toContain('for 4 days');
    expect(warningWords(silent, he, 'he')?.text).toContain('4 ימים');
    const clock = {
      code: 'clock.wrong',
      params: { wrongSeconds: -7200, remedy: 'time_zone', offset: 'UTC+02:00' },
    } as const;
    expect(warningWords(clock, en, 'en')?.text).toMatch(/2 hr after .*UTC\+02:00/);
    const words = { code: 'words.unknown', params: { words: ['status BEAMED'] } } as const;
    expect(warningWords(words, en, 'en')?.named).toEqual(['status BEAMED']);
  });

  it('of a WebSocket says since when it is closed, and why', () => {
    const params = { since: '2026-11-30T07:45:00.000Z', reason: 'The PBX closed it (1001).' };
    for (const own of [en, he]) {
      const said = warningWords({ code: 'socket.down', params }, own, 'en')?.text ?? '';
      expect(said).toContain('The PBX closed it (1001).');
      expect(said).toContain('11/30/26');
      expect(warningWords({ code: 'socket.never', params: {} }, own, 'en')?.text).toContain('WebSocket');
    }
  });

  it('of a later version is left to its own message', () => {
    expect(warningWords({ code: 'moon.full' as never, params: {} }, en, 'en')).toBeUndefined();
    const refused = { code: 'webhooks.refused', params: { reason: 'constructor', count: 1 } } as const;
    expect(warningWords(refused, en, 'en')).toBeUndefined();
  });
});

describe('a PBX that keeps a WebSocket open to us', () => {
  /** All that is said, with whatever fills it. */
  const allIn = (texts: unknown): string[] => {
    if (typeof texts === 'string') return [texts];
    if (typeof texts === 'function') return [String((texts as (...of: unknown[]) => unknown)(2, 'x'))];
    return Object.values(texts as object).flatMap(allIn);
  };

  it('tells no webhooks', () => {
    const { lastWebhook, tabs, ticks, tickNotes, receiptShown, warnings, refused, health, receipts } =
      ownOfSocket.en;
    const { 'webhooks.none': never, ...warned } = warnings;
    expect(never).toContain('webhook');
    const said = allIn([
      lastWebhook,
      tabs,
      ticks,
      tickNotes,
      receiptShown,
      warned,
      refused,
      health,
      receipts,
    ]);
    expect(said.filter((text) => /webhook/i.test(text))).toEqual([]);
    expect(said.length).toBeGreaterThan(80);
  });

  it('is looked after by a list of its own where nothing comes', () => {
    for (const language of ['en', 'he'] as const)
      expect(ownOfSocket[language].help.checks.join()).not.toContain('https://');
  });
});

describe('the command that tries a connection', () => {
  it('survives quotes', () => {
    const trial = { url: 'https://x/in/t/cdr', method: 'POST', contentType: 'application/json' } as const;
    expect(trialCurl({ ...trial, body: `{"name":"O'Neil"}` })).toBe(
      String.raw`curl -i -X POST 'https://x/in/t/cdr' -H 'Content-Type: application/json' --data-raw '{"name":"O'\''Neil"}'`,
    );
  });

  it('has all in the URL where there is no body', () => {
    expect(trialCurl({ url: 'https://x?a=1&b=2', method: 'GET', contentType: null, body: null })).toBe(
      "curl -i 'https://x?a=1&b=2'",
    );
  });
});

describe('places', () => {
  it('are in the list even where the browser does not know them', () => {
    expect(zonesWith('Etc/GMT-2')).toContain('Etc/GMT-2');
    expect(new Set(zonesWith('Asia/Jerusalem')).size).toBe(zonesWith('Asia/Jerusalem').length);
  });

  it('are countries by their names', () => {
    expect(countriesIn('en')).toContainEqual({ value: 'IL', label: 'Israel' });
    expect(countriesIn('en').length).toBeGreaterThan(230);
    expect(countriesIn('en').map(({ value }) => value)).not.toContain('EU');
  });
});
