import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { edgeProgram } from './edge-programs.js';
import { RunningProgram } from './run-program.js';

/** Ports for media: a call takes four. */
const MEDIA_PORTS = 200;
/**
 * Above those that a system gives away, and those of `freePort`. rtpengine and Kamailio both share a port with whoever has it
 * already, and then one of them hears what is told to the other.
 */
const FIRST_MEDIA_PORT = 61_000;
const MOST_WORKERS = 10;
const TABLE_HEAD = 'key_name(string) key_type(int) value_type(int) key_value(string)';

/** What an edge is told. */
export interface EdgeSetUp {
  /** Accounts of its own, as `user@domain` and password: makes it a registrar. */
  accounts?: Readonly<Record<string, string>>;
  /** PBXs by domain, as `sip:host:port`. */
  tenants?: Readonly<Record<string, string>>;
  /** Where PBXs may speak from. */
  pbxAddresses?: readonly string[];
  /** A certificate for browsers that come by TLS, both PEM. */
  tls?: { certificate: string; privateKey: string };
}

const ADDRESS = '127.0.0.1';

interface Ports {
  ws: number;
  wss: number;
  sip: number;
  control: number;
  media: number;
}

/** Kamailio and rtpengine on loopback, from the files that are shipped, with ports of their own. */
export class Edge {
  readonly address = ADDRESS;
  private media: RunningProgram | undefined;
  private proxy: RunningProgram | undefined;

  private constructor(
    private readonly folder: string,
    private readonly ports: Ports,
  ) {}

  static async start(setUp: EdgeSetUp): Promise<Edge> {
    const ports = {
      ws: await freePort(),
      wss: await freePort(),
      sip: await freePort(),
      control: await freePort(),
      media: FIRST_MEDIA_PORT + (Number(process.env['JEST_WORKER_ID'] ?? 1) % MOST_WORKERS) * 2 * MEDIA_PORTS,
    };
    const folder = mkdtempSync(join(tmpdir(), 'edge-'));
    const edge = new Edge(folder, ports);
    edge.write(setUp);
    try {
      await edge.startMedia();
      await edge.startProxy();
    } catch (error) {
      await edge.close();
      throw error;
    }
    return edge;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${String(this.ports.ws)}`;
  }

  /** There where it was given a certificate. */
  get wssUrl(): string {
    return `wss://${ADDRESS}:${String(this.ports.wss)}`;
  }

  get sipPort(): number {
    return this.ports.sip;
  }

  /** Where plain SIP is spoken, without a scheme. */
  get sip(): string {
    return `${ADDRESS}:${String(this.ports.sip)}`;
  }

  /** What both said, for the message of a test that failed. */
  get output(): string {
    return `${this.proxy?.output ?? ''}\n${this.media?.output ?? ''}`;
  }

  /** As for a new version of its configuration: every browser loses its connection. */
  async stopProxy(): Promise<void> {
    await this.proxy?.end('SIGTERM');
    this.proxy = undefined;
  }

  async startProxy(): Promise<void> {
    const config = join(this.folder, 'kamailio/kamailio.cfg');
    const args = ['-f', config, '-DD', '-E', '-m', '32', '-M', '4', '-Y', this.folder, '-w', this.folder];
    const proxy = RunningProgram.run(edgeProgram('kamailio'), args, this.folder);
    this.proxy = proxy;
    await until('Kamailio to answer', async () => {
      if (!proxy.running) return true;
      return (await fetch(`http://127.0.0.1:${String(this.ports.ws)}/health`)).ok;
    });
    proxy.mustRun();
  }

  async close(): Promise<void> {
    await this.stopProxy();
    await this.media?.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Before Kamailio: that leaves one alone for a minute which did not answer at its start. */
  private async startMedia(): Promise<void> {
    const args = ['--config-file', join(this.folder, 'rtpengine/rtpengine.conf')];
    const media = RunningProgram.run(edgeProgram('rtpengine'), args, this.folder);
    this.media = media;
    await until('rtpengine to answer', () => !media.running || answersPing(this.ports.control));
    media.mustRun();
  }

  private write(setUp: EdgeSetUp): void {
    cpSync(join(projectRoot(), 'edge'), this.folder, { recursive: true });
    const { ws, wss, sip, control, media } = this.ports;
    const tables = join(this.folder, 'written');
    this.change('kamailio/settings.cfg', define, {
      WS_LISTEN: `tcp:${ADDRESS}:${String(ws)}`,
      WSS_LISTEN: `tls:${ADDRESS}:${String(wss)}`,
      SIP_UDP_LISTEN: `udp:${ADDRESS}:${String(sip)}`,
      SIP_TCP_LISTEN: `tcp:${ADDRESS}:${String(sip)}`,
      RTPENGINE: `"udp:${ADDRESS}:${String(control)}"`,
      TABLES: `"text://${tables}"`,
      CONTROL: `"unix:${join(this.folder, 'control')}"`,
      TLS_CONFIG: `"${join(this.folder, 'kamailio/tls.cfg')}"`,
      ...(setUp.accounts && { WITH_REGISTRAR: '' }),
      ...(setUp.tls && { WITH_TLS: '' }),
    });
    this.change('rtpengine/rtpengine.conf', assign, {
      interface: ADDRESS,
      'listen-ng': `${ADDRESS}:${String(control)}`,
      'port-min': String(media),
      'port-max': String(media + MEDIA_PORTS),
    });
    if (setUp.tls) this.writeCertificate(setUp.tls);
    mkdirSync(tables);
    const table = (name: string, rows: readonly (readonly [string, string])[]) => {
      const lines = rows.map(([key, value]) => `${key} 0 0 ${value}\n`);
      writeFileSync(join(tables, name), `${TABLE_HEAD}\n${lines.join('')}`);
    };
    table(
      'accounts',
      Object.entries(setUp.accounts ?? {}).map(([who, password]) => [who, ha1(who, password)]),
    );
    table('tenants', Object.entries(setUp.tenants ?? {}));
    table(
      'pbx_addresses',
      (setUp.pbxAddresses ?? []).map((address) => [address, 'pbx']),
    );
  }

  private writeCertificate({ certificate, privateKey }: { certificate: string; privateKey: string }): void {
    const [shown, kept] = [join(this.folder, 'shown.pem'), join(this.folder, 'kept.pem')];
    writeFileSync(shown, certificate);
    writeFileSync(kept, privateKey);
    this.change('kamailio/tls.cfg', assign, { certificate: shown, private_key: kept });
  }

  /** Only what is there already: what an operator may set is what the tests set. */
  private change(
    file: string,
    line: (name: string, value?: string) => string,
    values: Readonly<Record<string, string>>,
  ): void {
    const path = join(this.folder, file);
    let text = readFileSync(path, 'utf8');
    for (const [name, value] of Object.entries(values)) {
      const found = new RegExp(`^#?${line(name)}.*$`, 'm');
      if (!found.test(text)) throw new Error(`There is no setting ${name} in ${file}.`);
      text = text.replace(found, () => line(name, value));
    }
    writeFileSync(path, text);
  }
}

const assign = (name: string, value = ''): string => `${name} = ${value}`;
const define = (name: string, value = ''): string => `#!define ${name} ${value}`.trimEnd();

/** What a digest is checked against: md5 of user, realm and password. */
function ha1(who: string, password: string): string {
  const [user = '', domain = ''] = who.split('@');
  return createHash('md5').update(`${user}:${domain}:${password}`).digest('hex');
}

/** rtpengine's own protocol: a cookie, then a dictionary in bencoding. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const tell = (answered: boolean) => {
      clearTimeout(patience);
      socket.close();
      resolve(answered);
    };
    const patience = setTimeout(() => tell(false), 200);
    socket.once('message', (message) => tell(message.includes('pong')));
    socket.once('error', () => tell(false));
    socket.connect(port, '127.0.0.1', () => socket.send('1 d7:command4:pinge'));
  });
}
