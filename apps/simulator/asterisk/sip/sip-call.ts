import { later } from './later.js';
import { mediaIn, writeSdp, type MediaAddress, type MediaWay } from './sdp.js';
import { headerOf, headersOf, methodOf, statusOf, tagIn, uriIn, type SipMessage } from './sip-message.js';

/** What a call needs of the phone that it is on. */
export interface SipLine {
  /** Sends a request or response, and sends a request again until it is answered. */
  send(message: SipMessage): void;
  /** A word that was never given before. */
  word(): string;
  /** This phone's own address: `127.0.0.1:5080`. */
  readonly here: string;
  /** The PBX's: `127.0.0.1:5060`. */
  readonly pbx: string;
  readonly name: string;
}

/** How a call ended: by whom, and with which SIP status (200 for a BYE). */
export interface SipEnd {
  by: 'us' | 'them';
  status: number;
}

const SDP: readonly [string, string][] = [['Content-Type', 'application/sdp']];

/** One call of a phone, whoever began it. It sends no media by itself: the PBX needs none to be told of answers and ends. */
export class SipCall {
  readonly #line: SipLine;
  readonly #answered = later<undefined>();
  readonly #ended = later<SipEnd>();
  readonly #ringing = later<undefined>();
  /** The INVITE that we sent or heard. */
  readonly #invite: SipMessage;
  readonly #ours: boolean;
  readonly #localTag: string;
  #remote = '';
  #theirSdp = '';
  #way: MediaWay = 'sendrecv';
  #sdpVersion = 1;
  #target: string;
  #cseq = 1;
  #state: 'early' | 'up' | 'over' = 'early';

  private constructor(line: SipLine, invite: SipMessage, side: { ours: boolean; tag: string }) {
    this.#line = line;
    this.#invite = invite;
    this.#ours = side.ours;
    this.#localTag = side.tag;
    this.#target = side.ours ? (invite.first.split(' ')[1] ?? '') : uriIn(headerOf(invite, 'contact'));
    if (side.ours) return;
    this.#remote = headerOf(invite, 'from');
    this.#theirSdp = invite.body;
  }

  /** Dials. `from` is the caller's number where it is not the phone's own name. */
  static dial(line: SipLine, number: string, from: string): SipCall {
    const tag = line.word();
    const to = `sip:${number}@${line.pbx}`;
    const invite: SipMessage = {
      first: `INVITE ${to} SIP/2.0`,
      headers: [
        via(line),
        ['Max-Forwards', '70'],
        ['From', `<sip:${from}@${line.here}>;tag=${tag}`],
        ['To', `<${to}>`],
        ['Call-ID', `${line.word()}@${line.here}`],
        ['CSeq', '1 INVITE'],
        ['Contact', `<sip:${line.name}@${line.here}>`],
        ...SDP,
      ],
      body: writeSdp(line.here, 'sendrecv', 1),
    };
    line.send(invite);
    return new SipCall(line, invite, { ours: true, tag });
  }

  /** A call that the PBX sends us. */
  static heard(line: SipLine, invite: SipMessage): SipCall {
    return new SipCall(line, invite, { ours: false, tag: line.word() });
  }

  get id(): string {
    return headerOf(this.#invite, 'call-id');
  }

  /** A header of the INVITE: of the one that we heard, where the PBX called us. */
  header(name: string): string {
    return headerOf(this.#invite, name);
  }

  /** Where the PBX wants to hear us; undefined as long as it has not said so. */
  get media(): MediaAddress | undefined {
    return mediaIn(this.#theirSdp);
  }

  /** Both are settled once, and never fail. */
  get answered(): Promise<undefined> {
    return this.#answered.promise;
  }

  get ended(): Promise<SipEnd> {
    return this.#ended.promise;
  }

  get ringing(): Promise<undefined> {
    return this.#ringing.promise;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  ring(): void {
    this.#reply(this.#invite, '180 Ringing');
    this.#ringing.settle(undefined);
  }

  answer(): void {
    if (this.#state !== 'early') return;
    this.#state = 'up';
    this.#reply(this.#invite, '200 OK', this.#sdp());
    this.#answered.settle(undefined);
  }

  /** Says that we do not take it: `486 Busy Here`, `603 Decline`. */
  refuse(status: string): void {
    if (this.#state !== 'early') return;
    this.#reply(this.#invite, status);
    this.#over({ by: 'us', status: Number(status.split(' ')[0]) });
  }

  hangUp(): void {
    if (this.#state !== 'up') return;
    this.#line.send(this.#request('BYE'));
    this.#over({ by: 'us', status: 200 });
  }

  /** Gives up before anybody answered. The PBX ends the call by its 487. */
  cancel(): void {
    if (this.#state !== 'early') return;
    const headers = this.#invite.headers
      .filter(([name]) => ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID'].includes(name))
      .concat([['CSeq', '1 CANCEL']]);
    this.#line.send({ first: this.#invite.first.replace('INVITE', 'CANCEL'), headers, body: '' });
  }

  /** The other end hears music, or nothing, until it is taken back. */
  hold(): void {
    this.#change('sendonly');
  }

  takeBack(): void {
    this.#change('sendrecv');
  }

  /** A key pressed in the call. */
  press(key: string): void {
    const body = `Signal=${key}\r\nDuration=160\r\n`;
    this.#line.send(this.#request('INFO', [['Content-Type', 'application/dtmf-relay']], body));
  }

  /** Sends the other end to `number` without asking there first. */
  transfer(number: string): void {
    this.#refer(`<sip:${number}@${this.#line.pbx}>`);
  }

  /** Joins the other end of this call to the other end of `asked`. */
  transferTo(asked: SipCall): void {
    const replaces = encodeURIComponent(
      `${asked.id};to-tag=${tagIn(asked.#remote)};from-tag=${asked.#localTag}`,
    );
    this.#refer(`<${uriIn(asked.#remote)}?Replaces=${replaces}>`);
  }

  /** What the phone heard for this call. */
  hear(message: SipMessage): void {
    const status = statusOf(message);
    if (status !== undefined) this.#hearResponse(message, status);
    else this.#hearRequest(message, methodOf(message) ?? '');
  }

  #hearResponse(message: SipMessage, status: number): void {
    if (!headerOf(message, 'cseq').endsWith('INVITE') || status < 180) return;
    if (!this.#ours && this.#state !== 'up') return;
    if (status < 200) {
      this.#ringing.settle(undefined);
      return;
    }
    this.#remote = headerOf(message, 'to');
    if (status < 300) {
      this.#target = uriIn(headerOf(message, 'contact'));
      this.#theirSdp = message.body;
    }
    this.#acknowledge(status, headerOf(message, 'cseq'));
    if (this.#state !== 'early') return;
    if (status < 300) {
      this.#state = 'up';
      this.#answered.settle(undefined);
    } else {
      this.#over({ by: 'them', status });
    }
  }

  #hearRequest(message: SipMessage, method: string): void {
    if (method === 'ACK') return;
    if (method === 'INVITE') {
      // Either the one that we have, sent again, or one that changes the media of the call.
      if (this.#state === 'up') this.#reply(message, '200 OK', this.#sdp());
      return;
    }
    this.#reply(message, '200 OK');
    if (method === 'CANCEL' && this.#state === 'early') {
      this.#reply(this.#invite, '487 Request Terminated');
      this.#over({ by: 'them', status: 487 });
    }
    if (method === 'BYE') this.#over({ by: 'them', status: 200 });
    if (method === 'NOTIFY' && /^SIP\/2\.0 2/.test(message.body)) this.hangUp();
  }

  /** The call's sound goes otherwise from now on. */
  #change(way: MediaWay): void {
    if (this.#state !== 'up') return;
    this.#way = way;
    this.#line.send(this.#request('INVITE', SDP, this.#sdp()));
  }

  #sdp(): string {
    this.#sdpVersion += 1;
    return writeSdp(this.#line.here, this.#way, this.#sdpVersion);
  }

  #over(end: SipEnd): void {
    this.#state = 'over';
    this.#ended.settle(end);
  }

  #refer(to: string): void {
    const more: [string, string][] = [
      ['Refer-To', to],
      ['Referred-By', `<sip:${this.#line.name}@${this.#line.here}>`],
    ];
    this.#line.send(this.#request('REFER', more));
  }

  /** An ACK of a refusal goes with the INVITE's own branch, one of an answer is a request of its own. */
  #acknowledge(status: number, cseq: string): void {
    const ack = this.#request('ACK', [], '');
    const headers = ack.headers.map(([name, value]): readonly [string, string] => {
      if (name === 'Via' && status >= 300) return ['Via', headerOf(this.#invite, 'via')];
      return name === 'CSeq' ? ['CSeq', cseq.replace('INVITE', 'ACK')] : [name, value];
    });
    const first = status < 300 ? ack.first : this.#invite.first.replace('INVITE', 'ACK');
    this.#line.send({ first, headers, body: '' });
  }

  #request(method: string, more: readonly [string, string][] = [], body = ''): SipMessage {
    const ours = this.#ours ? headerOf(this.#invite, 'from') : this.#own();
    if (method !== 'ACK') this.#cseq += 1;
    return {
      first: `${method} ${this.#target} SIP/2.0`,
      headers: [
        via(this.#line),
        ['Max-Forwards', '70'],
        ['From', ours],
        ['To', this.#remote],
        ['Call-ID', this.id],
        ['CSeq', `${this.#cseq} ${method}`],
        ['Contact', `<sip:${this.#line.name}@${this.#line.here}>`],
        ...more,
      ],
      body,
    };
  }

  #own(): string {
    return `${headerOf(this.#invite, 'to')};tag=${this.#localTag}`;
  }

  #reply(request: SipMessage, status: string, body = ''): void {
    const to = headerOf(request, 'to');
    const sdp = body === '' ? [] : SDP;
    this.#line.send({
      first: `SIP/2.0 ${status}`,
      headers: [
        ...headersOf(request, 'via').map((value): [string, string] => ['Via', value]),
        ['From', headerOf(request, 'from')],
        ['To', tagIn(to) === '' ? `${to};tag=${this.#localTag}` : to],
        ['Call-ID', headerOf(request, 'call-id')],
        ['CSeq', headerOf(request, 'cseq')],
        ['Contact', `<sip:${this.#line.name}@${this.#line.here}>`],
        ...sdp,
      ],
      body,
    });
  }
}

function via(line: SipLine): [string, string] {
  return ['Via', `SIP/2.0/UDP ${line.here};branch=z9hG4bK${line.word()}`];
}
