/** A ring group as each PBX tells it, in the formats that tell phones on their own: from messages in to messages out. */
import type { OutgoingMessage, ToldEvent } from '../format.js';
import { toldByMessages, type PbxMessage } from './told-by-messages.fixture.js';
import { messagesOf, writerOf } from './written.fixture.js';

const PHONES = ['101', '102', '103'];

const voipnow = writerOf('voipnow', {
  rows: [0, 1, 2, 3, 4].map((kind) => ({ kind, url: `https://crm.example/${kind}` })),
});
const popups = writerOf('voicenter', { cdr: false, popupUrl: 'https://crm.example/popup' });

const fieldsOf = ({ url }: OutgoingMessage) => Object.fromEntries(new URL(url).searchParams);

/** Of one call in the words of each PBX: three phones ring, one of them twice, and then the second takes it or nobody does. */
const HEARD: Readonly<Record<string, { ringing: PbxMessage[]; taken: PbxMessage[]; missed: PbxMessage[] }>> =
  {
    voicenter: {
      ringing: ['101', '102', '101', '103'].map((phone) => popup(phone, 'Ringing')),
      taken: [
        popup('102', 'Talking'),
        popup('101', 'Hangup', 'Answered elsewhere'),
        popup('103', 'Hangup', 'Answered elsewhere'),
        popup('102', 'Hangup', 'Normal hangup'),
      ],
      missed: PHONES.map((phone) => popup(phone, 'Hangup')),
    },
    voipnow: {
      ringing: ['101', '102', '101', '103'].map((phone) => callEvent('dial-in', phone, 'CALLING')),
      taken: [
        callEvent('answer-in', '102', 'ANSWER'),
        callEvent('hangup', '101', 'CANCEL'),
        callEvent('hangup', '103', 'CANCEL'),
        callEvent('hangup', '102', 'ANSWER'),
      ],
      missed: PHONES.map((phone) => callEvent('hangup', phone, 'NOANSWER')),
    },
  };

function popup(extenUser: string, status: string, cause?: string): PbxMessage {
  const isAnswered = status === 'Talking' || cause === 'Normal hangup';
  return {
    route: 'popup',
    fields: {
      ivrid: 'v-7',
      phone: '972523258000',
      extenUser,
      status,
      isAnswered,
      callerName: 'Dana',
      cause,
      direction: 'Incoming',
    },
  };
}

function callEvent(route: string, phone: string, CallStatus: string): PbxMessage {
  const CallID = `c${phone}`;
  return {
    route,
    fields: {
      CallID,
      CallAPIID: 'v-7',
      CallerIDNum: '0523258000',
      CallerIDName: 'Dana',
      CalledExtension: phone,
      CallStatus,
      CallFlow: 'IN',
    },
  };
}

describe.each(Object.entries(HEARD))(
  'a ring group of %s',
  (dialect, { ringing, taken, missed: unanswered }) => {
    const inVoipnow = (events: ToldEvent[]) =>
      events
        .flatMap((event) => messagesOf(voipnow, event))
        .map((message) => `${fieldsOf(message)['CalledExtension'] ?? ''} ${new URL(message.url).pathname}`)
        .sort();
    const inPopups = (events: ToldEvent[]) =>
      events
        .flatMap((event) => messagesOf(popups, event))
        .map(({ body }) => JSON.parse(body ?? '') as { extenUser: string; status: string })
        .map(({ extenUser, status }) => `${extenUser} ${status}`)
        .sort();

    it('that one phone takes is told phone by phone, each thing once', () => {
      const events = toldByMessages(dialect, [...ringing, ...taken]);
      expect(inPopups(events)).toEqual([
        '101 Hangup',
        '101 Ringing',
        '102 Hangup',
        '102 Ringing',
        '102 Talking',
        '103 Hangup',
        '103 Ringing',
      ]);
      expect(inVoipnow(events)).toEqual([
        '101 /0',
        '101 /2',
        '102 /0',
        '102 /2',
        '102 /3',
        '103 /0',
        '103 /2',
      ]);
    });

    it('that nobody takes rings and ends at each phone, once', () => {
      const events = toldByMessages(dialect, [...ringing, ...unanswered]);
      expect(inPopups(events)).toEqual(PHONES.flatMap((phone) => [`${phone} Hangup`, `${phone} Ringing`]));
      expect(inVoipnow(events)).toEqual(PHONES.flatMap((phone) => [`${phone} /0`, `${phone} /2`]));
    });

    it('keeps an id for each phone and the caller’s name', () => {
      const messages = toldByMessages(dialect, [...ringing, ...taken]).flatMap((one) =>
        messagesOf(voipnow, one),
      );
      const ids = PHONES.map((phone) => {
        const mine = messages.map(fieldsOf).filter(({ CalledExtension }) => CalledExtension === phone);
        expect(new Set(mine.map(({ CallerIDName }) => CallerIDName))).toEqual(new Set(['Dana']));
        return new Set(mine.map(({ CallID }) => CallID)).size;
      });
      expect(ids).toEqual([1, 1, 1]);
    });

    it('is one call to Zammad', () => {
      const events = toldByMessages(dialect, [...ringing, ...taken]);
      const sent = events.flatMap((one) => messagesOf(writerOf('zammad', {}), one)).map(({ key }) => key);
      expect(sent).toEqual(['newCall', 'answer', 'hangup']);
    });
  },
);
