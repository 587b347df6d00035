import { beforeEach, describe, expect, test } from 'vitest';
import { ScriptedLine, ScriptedMedia } from '../web-phone/scripted-line.fixture';
import { WebPhone } from '../web-phone/web-phone';
import { SharedPhone, type SharedNews } from './shared-phone';

const SETTINGS = {
  ...{ user: '101', password: 'word', wsUrl: 'wss://pbx.example', domain: 'pbx.example' },
  ...{ iceServers: [], idHeader: 'X-Id' },
};

/** What a browser has for its tabs: one at a time has a lock, and whoever steals it has it. */
class Locks {
  private held: { leave: () => void; lose: (error: Error) => void } | undefined;
  private waiting: (() => void)[] = [];

  request(_: string, { steal, signal }: LockOptions, have: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = (): void => {
        if (signal?.aborted === true) {
          this.next();
          return;
        }
        this.held = { leave: resolve, lose: reject };
        const mine = this.held;
        void have().then(() => {
          resolve();
          if (this.held === mine) this.next();
        });
      };
      if (steal === true) this.held?.lose(new DOMException('stolen', 'AbortError'));
      if (steal === true || this.held === undefined) take();
      else this.waiting.push(take);
    });
  }

  private next(): void {
    this.held = undefined;
    this.waiting.shift()?.();
  }
}

interface Tab {
  shared: SharedPhone;
  lines: ScriptedLine[];
  media: ScriptedMedia;
}
let tabs: Tab[];

beforeEach(() => {
  tabs = [];
  Object.defineProperty(navigator, 'locks', { value: new Locks(), configurable: true });
});

function openTab(): Tab {
  const lines: ScriptedLine[] = [];
  const media = new ScriptedMedia();
  const openLine: ConstructorParameters<typeof WebPhone>[0]['openLine'] = (settings, ears) => {
    const line = new ScriptedLine(settings, ears);
    lines.push(line);
    return line;
  };
  const phone = new WebPhone({ openLine, media, now: () => 1 });
  const tell = (news: SharedNews): void => {
    for (const other of tabs) if (other !== tab) other.shared.hear(structuredClone(news));
  };
  const tab = { shared: new SharedPhone(phone, tell), lines, media };
  tabs.push(tab);
  tab.shared.start(SETTINGS);
  return tab;
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('of two tabs with one phone', () => {
  test('the first registers, and the other shows it from the beginning', () => {
    const one = openTab();
    one.lines[0]?.ears.registered();
    const other = openTab();
    expect([one.lines.length, other.lines.length]).toEqual([1, 0]);
    expect(one.shared.state()).toMatchObject({ isHere: true, phone: { standing: 'registered' } });
    expect(other.shared.state()).toMatchObject({ isHere: false, phone: { standing: 'registered' } });
  });

  test('a call rings in both, and is answered and declined from either', async () => {
    const [one, other] = [openTab(), openTab()];
    one.lines[0]?.ears.registered();
    const call = one.lines[0]?.rings('their-id');
    expect(other.shared.state().phone.calls).toMatchObject([{ id: 'their-id', state: 'ringing' }]);
    other.shared.order({ what: 'answer', id: 'their-id' });
    await settled();
    call?.ears.answered(null);
    expect(other.shared.state().phone.calls).toMatchObject([{ state: 'answered' }]);
    one.shared.order({ what: 'dtmf', id: 'their-id', tones: '5' });
    other.shared.order({ what: 'hangUp', id: 'their-id' });
    expect([call?.told, one.media.asked.length, other.media.asked.length]).toEqual([
      ['answer', 'dtmf 5', 'hang up 603'],
      1,
      0,
    ]);
    expect(other.shared.state().phone.calls).toEqual([]);
  });

  test('when the one is closed, the other takes over', async () => {
    const [one, other] = [openTab(), openTab()];
    one.shared.stop();
    await settled();
    expect([one.lines[0]?.told, other.lines[0]?.told]).toEqual([['start', 'stop'], ['start']]);
    expect(other.shared.state().isHere).toBe(true);
  });

  test('it is moved to the other, and back when that is closed', async () => {
    const [one, other] = [openTab(), openTab()];
    other.shared.takeHere();
    await settled();
    expect([one.shared.state().isHere, other.shared.state().isHere]).toEqual([false, true]);
    other.shared.stop();
    await settled();
    expect([one.shared.state().isHere, one.lines.length]).toEqual([true, 2]);
  });

  test('a call that failed is told in both, until the next one begins', async () => {
    const [one, other] = [openTab(), openTab()];
    other.shared.order({ what: 'call', number: 'no number' });
    await settled();
    expect(other.shared.state().lost).toMatchObject({ why: 'bad_number' });
    one.lines[0]?.rings('next');
    expect([one, other].map(({ shared }) => shared.state().lost)).toEqual([null, null]);
  });

  test('the next call has the credentials that the server gave last', async () => {
    const one = openTab();
    const iceServers = [{ urls: ['turn:turn.example'], username: '1:101', credential: 'x' }];
    one.shared.useIceServers(iceServers);
    expect(one.lines[0]?.settings.iceServers).toEqual(iceServers);
  });
});
