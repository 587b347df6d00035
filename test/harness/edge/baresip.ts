import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { edgeProgram } from './edge-programs.js';
import { RunningProgram } from './run-program.js';

/** The tone that it sends instead of a voice, Hz. */
export const TONE_HZ = 440;
const WAV_HEADER_BYTES = 44;

/** Something that baresip tells of itself. */
interface Told {
  type?: string;
  param?: string;
  /** Of an answer: which command it is to, and its text. */
  token?: string;
  data?: string;
}

/** Who it is, and where. */
export interface BaresipAccount {
  /** `user@domain` */
  account: string;
  at?: { host: string; port: number };
  /** `host:port` that everything is sent to; without it, it is only called. */
  registers?: { password: string; proxy: string };
}

/** A plain SIP phone of another maker, without encryption: a PBX's extension, or the customer. */
export class Baresip {
  private readonly told: Told[] = [];
  private unread = Buffer.alloc(0);

  private constructor(
    private readonly program: RunningProgram,
    private readonly folder: string,
    private readonly control: Socket,
  ) {
    control.on('data', (chunk: Buffer) => this.take(chunk));
  }

  static async start(is: BaresipAccount): Promise<Baresip> {
    const { account, at = { host: '127.0.0.1', port: await freePort() }, registers } = is;
    const folder = mkdtempSync(join(tmpdir(), 'baresip-'));
    mkdirSync(join(folder, 'heard'));
    const control = await freePort();
    const registration = registers
      ? `auth_pass=${registers.password};outbound="sip:${registers.proxy}";regint=600`
      : 'regint=0';
    const entry = `<sip:${account}>;${registration};audio_codecs=PCMU;answermode=manual`;
    writeFileSync(join(folder, 'accounts'), `${entry}\n`);
    writeFileSync(join(folder, 'contacts'), '');
    writeFileSync(join(folder, 'config'), config(folder, at, control));
    const program = RunningProgram.run(edgeProgram('baresip'), ['-f', folder], folder);
    const socket = await until('baresip to be commanded', () => {
      program.mustRun();
      return opened(control);
    });
    const phone = new Baresip(program, folder, socket);
    if (registers === undefined) return phone;
    // It may have told before anybody listened: it is asked.
    await until('baresip to be registered', () => {
      program.mustRun();
      phone.command('reginfo');
      return phone.told.some(({ token, data }) => token === 'reginfo' && data?.includes('OK'));
    });
    return phone;
  }

  get output(): string {
    return this.program.output;
  }

  command(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: command });
    this.control.write(`${String(Buffer.byteLength(text))}:${text},`);
  }

  /** Waits for something that it tells, once each. */
  async tells(type: string): Promise<Told> {
    return until(`baresip to tell ${type}`, () => {
      const at = this.told.findIndex((told) => told.type === type);
      return at < 0 ? undefined : this.told.splice(at, 1)[0];
    });
  }

  /** The loudest that it has heard in any call since it was started, of 32,767. */
  loudest(): number {
    const folder = join(this.folder, 'heard');
    const files = readdirSync(folder).filter((name) => name.endsWith('-dec.wav'));
    return Math.max(0, ...files.map((name) => peak(readFileSync(join(folder, name)))));
  }

  /** It does not end by itself while it has a call. */
  async close(): Promise<void> {
    this.control.destroy();
    await this.program.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Netstrings of JSON: a length, a colon, that many bytes, a comma. */
  private take(chunk: Buffer): void {
    this.unread = Buffer.concat([this.unread, chunk]);
    for (;;) {
      const colon = this.unread.indexOf(':');
      const length = Number(this.unread.subarray(0, Math.max(0, colon)).toString());
      if (colon < 0 || this.unread.length < colon + length + 2) return;
      const text = this.unread.subarray(colon + 1, colon + 1 + length).toString();
      this.unread = this.unread.subarray(colon + length + 2);
      this.told.push(JSON.parse(text) as Told);
    }
  }
}

function opened(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

function peak(wav: Buffer): number {
  let loudest = 0;
  for (let at = WAV_HEADER_BYTES; at + 1 < wav.length; at += 2) {
    loudest = Math.max(loudest, Math.abs(wav.readInt16LE(at)));
  }
  return loudest;
}

function config(folder: string, at: { host: string; port: number }, control: number): string {
  const modules = ['g711', 'ausine', 'aubridge', 'sndfile', 'uuid'].map((name) => `module ${name}.so`);
  const apps = ['account', 'menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`);
  return [
    'poll_method epoll',
    `sip_listen ${at.host}:${String(at.port)}`,
    `net_interface ${at.host}`,
    `audio_source ausine,${String(TONE_HZ)}`,
    'audio_player aubridge,nobody',
    'audio_alert aubridge,nobody',
    // What ausine wants.
    'ausrc_srate 48000',
    'ausrc_channels 2',
    'rtp_stats yes',
    'module_path /usr/lib/baresip/modules',
    ...modules,
    ...apps,
    `ctrl_tcp_listen 127.0.0.1:${String(control)}`,
    `snd_path ${join(folder, 'heard')}`,
    '',
  ].join('\n');
}
