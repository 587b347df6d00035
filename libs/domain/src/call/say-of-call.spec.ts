import fc from 'fast-check';
import { instant, id, type CallId } from '../ids.js';
import { noMatch, type CallMatch, type MatchedContact } from '../contact/match-contact.js';
import { MOST_NOTES, withNote, type CallNote } from './call-note.js';
import { readWord, writeWord, type CallWord } from './call-word.js';
import { sayOfCall, type Said } from './say-of-call.js';
import { restoreCall } from './stored-call.js';
import { NOTHING_TOLD, type ToldSoFar } from './told-so-far.js';

const CALL_ID = id<CallId>('c');
const CALL = restoreCall({ id: CALL_ID, connectionId: id('k'), vendorCallId: 'v' }, { legs: [] });
const ANN: MatchedContact = {
  ...{ id: 'a', source: 'directory', externalId: null, name: 'Ann', company: null, url: null },
};
const BEN = { ...ANN, id: 'b', name: 'Ben' };
const E164 = '+972502345678';
const found = (contact: MatchedContact): CallMatch => ({
  ...{ contact, reason: 'only_one', number: E164, total: 1, candidates: [] },
});
const OVER: ToldSoFar = { ...NOTHING_TOLD, types: ['call.ended'] };
const AT = instant(5);
const note = (noteId: string): CallNote => ({
  ...{ id: noteId, at: instant(7), by: { kind: 'user', id: 'u', name: 'Dana' }, text: 'x', outcome: null },
});
const say = (word: CallWord, call = CALL, told = NOTHING_TOLD, match?: CallMatch) =>
  sayOfCall(call, word, { told, at: AT, found: match }) as Said;

describe('a note', () => {
  const word = { kind: 'note', callId: CALL_ID, note: note('n') } as const;

  it('is told when it is written, before the end of the call and after it', () => {
    for (const told of [NOTHING_TOLD, OVER]) {
      const { call, news } = say(word, CALL, told);
      expect(call.notes).toEqual([note('n')]);
      expect(news).toMatchObject([
        { type: 'call.noted', occurredAt: 7, note: { at: '1970-01-01T00:00:00.007Z' } },
      ]);
    }
  });

  it('that comes again changes nothing', () => {
    const once = say(word).call;
    expect(say(word, once)).toEqual({ call: once, news: [] });
    expect(say(word, once).call).toBe(once);
  });

  it('is one of so many at most', () => {
    const full = Array.from({ length: MOST_NOTES }, (_, at) => note(String(at)));
    expect(withNote(full, note('one more'))).toBeUndefined();
    expect(withNote(full, note('0'))).toBe(full);
  });
});

describe('a choice of whose call it is', () => {
  const choose = (contact: MatchedContact | null) => ({ kind: 'contact', callId: CALL_ID, contact }) as const;

  it('keeps who else has the number, and is told at once only when the call is over', () => {
    const several: CallMatch = {
      ...found(ANN),
      contact: null,
      reason: 'several',
      total: 2,
      candidates: [ANN, BEN],
    };
    const { call, news } = say(choose(BEN), { ...CALL, match: several });
    expect(call.match).toEqual({ ...several, contact: BEN, reason: 'chosen' });
    expect(news).toEqual([]);
    expect(say(choose(BEN), CALL, OVER).news).toEqual([{ type: 'call.updated', occurredAt: AT }]);
  });

  it('stands, whatever a source says later', () => {
    for (const contact of [ANN, null]) {
      const { call } = say(choose(contact));
      expect(say({ kind: 'look_again' }, call, OVER, found(BEN)).call).toBe(call);
    }
  });
});

describe('another look', () => {
  const again = { kind: 'look_again' } as const;

  it('finds who was not known, or is known better', () => {
    expect(say(again, CALL, NOTHING_TOLD, found(ANN)).call.match).toEqual(found(ANN));
    const before = { ...CALL, match: found(ANN) };
    expect(say(again, before, OVER, found(BEN))).toMatchObject({
      call: { match: { contact: BEN } },
      news: [{ type: 'call.updated' }],
    });
  });

  it('that finds nobody, or the same, is no news', () => {
    const before = { ...CALL, match: found(ANN) };
    for (const match of [undefined, noMatch(E164, 'nobody'), found({ ...ANN })]) {
      expect(say(again, before, OVER, match)).toEqual({ call: before, news: [] });
    }
  });
});

describe('a word', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (vendorCallId, text) => {
        const word = { kind: 'note', callId: CALL_ID, note: { ...note('n'), text } } as const;
        expect(readWord(writeWord({ vendorCallId, word }))).toEqual({ vendorCallId, word });
      }),
    );
  });

  it('of another shape is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(readWord(new TextEncoder().encode(text))).toBeUndefined();
      }),
    );
  });
});
