import { MODULES } from './asterisk-modules.js';
import { dialplan } from './asterisk-dialplan.js';

/** What a private Asterisk is made for. */
export interface AsteriskPlan {
  /** Where it listens for SIP, on 127.0.0.1. */
  sipPort: number;
  /** The first of the ports for its media. */
  rtpPort: number;
  extensions: readonly AsteriskExtension[];
  /** The SIP end that plays the outer world, known by its address. */
  trunk?: { host: string; port: number };
  /** Where it tells of its calls: our ingress, as `ws://host:port/in/token/asterisk/ari`. */
  uri: string;
  /** Where it tells the same by a second line: `.../asterisk/ari-2`, of another process of ours. */
  secondUri?: string;
  user: string;
  password: string;
  /** How long a phone rings before its call counts as not answered, s: 20. */
  ringSeconds?: number;
}

const DEFAULT_RING_SECONDS = 20;

export interface AsteriskExtension {
  name: string;
  /** Where its phone is; else the phone registers, by `password`. */
  at?: { host: string; port: number };
  password?: string;
}

/** Where Asterisk keeps and finds things: `folder` is its own, the others are the program's. */
export interface AsteriskFolders {
  folder: string;
  modules: string;
  data: string;
}

/** Its configuration files by name, all that it wants: nothing of the machine's own Asterisk is read. */
export function asteriskConfig(plan: AsteriskPlan, at: AsteriskFolders): Record<string, string> {
  return {
    'asterisk.conf': asteriskConf(at),
    'modules.conf': ['[modules]', 'autoload=no', ...MODULES.map((one) => `load=${one}.so`)].join('\n'),
    'logger.conf': '[general]\n[logfiles]\nmessages => notice,warning,error\n',
    'http.conf': '[general]\nenabled=no\n',
    'rtp.conf': `[general]\nrtpstart=${plan.rtpPort}\nrtpend=${plan.rtpPort + 3998}\n`,
    'pjsip.conf': pjsipConf(plan),
    'pjproject.conf': '',
    'extensions.conf': dialplan(plan.ringSeconds ?? DEFAULT_RING_SECONDS),
    'queues.conf': QUEUES,
    'features.conf': '[general]\n[featuremap]\nblindxfer => ##\natxfer => *2\n',
    'musiconhold.conf': `[default]\nmode=files\ndirectory=${at.data}/sounds/en/silence\n`,
    'cdr.conf': '[general]\nenable=yes\nunanswered=yes\nbatch=no\n',
    'cdr_custom.conf': CDR,
    'ari.conf': ariConf(plan),
    'websocket_client.conf': websocketConf(plan),
    'stasis.conf': '',
    'voicemail.conf': '[general]\nformat=gsm\nmaxsecs=60\n[default]\n103 => 1234,Agent 103\n',
    'cel.conf': '[general]\nenable=no\n',
    'manager.conf': '[general]\nenabled=no\n',
    'udptl.conf': '',
    'indications.conf': TONES,
    'acl.conf': '',
    'ccss.conf': '',
    'dnsmgr.conf': '',
    'sorcery.conf': '',
    'codecs.conf': '',
    'dsp.conf': '',
    'geolocation.conf': '',
    'queuerules.conf': '',
  };
}

function asteriskConf(at: AsteriskFolders): string {
  const own = (name: string): string => `${at.folder}/${name}`;
  return [
    '[directories]',
    `astetcdir => ${own('etc')}`,
    `astmoddir => ${at.modules}`,
    `astvarlibdir => ${own('lib')}`,
    `astdbdir => ${own('lib')}`,
    `astkeydir => ${own('lib')}`,
    `astdatadir => ${at.data}`,
    `astagidir => ${own('lib')}`,
    `astspooldir => ${own('spool')}`,
    `astrundir => ${own('run')}`,
    `astlogdir => ${own('log')}`,
    `astcachedir => ${own('cache')}`,
    '[options]',
    'documentation_language = en_US',
    'hide_messaging_ami_events = yes',
    '',
  ].join('\n');
}

function pjsipConf(plan: AsteriskPlan): string {
  const parts = [
    '[global]\ntype=global\nendpoint_identifier_order=ip,username\n',
    `[udp]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:${plan.sipPort}\n`,
    ...plan.extensions.map(extensionConf),
  ];
  if (plan.trunk !== undefined) {
    parts.push(
      `[trunk]\ntype=aor\ncontact=sip:${plan.trunk.host}:${plan.trunk.port}\n`,
      `[trunk]\ntype=endpoint\ncontext=from-trunk\naors=trunk\n${MEDIA}`,
      `[trunk]\ntype=identify\nendpoint=trunk\nmatch=${plan.trunk.host}\n`,
    );
  }
  return parts.join('\n');
}

const MEDIA = 'disallow=all\nallow=ulaw\ndirect_media=no\ndtmf_mode=info\n';

function extensionConf(one: AsteriskExtension): string {
  const contact = one.at === undefined ? '' : `contact=sip:${one.name}@${one.at.host}:${one.at.port}\n`;
  // One that registers may do so through others, who say in the registration how it is reached.
  const path = one.password === undefined ? '' : 'support_path=yes\n';
  const auth = one.password === undefined ? '' : `auth=${one.name}\n`;
  const parts = [
    `[${one.name}]\ntype=aor\nmax_contacts=2\nremove_existing=yes\n${path}${contact}`,
    `[${one.name}]\ntype=endpoint\ncontext=from-internal\naors=${one.name}\n${auth}callerid=Agent ${one.name} <${one.name}>\n${MEDIA}`,
  ];
  if (one.password !== undefined) {
    parts.push(
      `[${one.name}]\ntype=auth\nauth_type=userpass\nusername=${one.name}\npassword=${one.password}\n`,
    );
  }
  return parts.join('\n');
}

const TONES = [
  '[general]',
  'country=us',
  '[us]',
  'description=United States',
  'ringcadence=2000,4000',
  'dial=350+440',
  'busy=480+620/500,0/500',
  'ring=440+480/2000,0/4000',
  'congestion=480+620/250,0/250',
  'callwaiting=440/300,0/10000',
  'dialrecall=!350+440/100,!0/100,350+440',
  'record=1400/500,0/15000',
  'info=!950/330,!1400/330,!1800/330,0',
  'stutter=!350+440/100,!0/100,350+440',
  '',
].join('\n');

const QUEUES = [
  '[general]',
  'persistentmembers=no',
  '[sales]',
  'strategy=ringall',
  'timeout=10',
  'retry=1',
  'ringinuse=no',
  'joinempty=yes',
  'member => PJSIP/104',
  'member => PJSIP/105',
  // As FreePBX has them: each agent is dialled by the dialplan.
  '[support]',
  'strategy=ringall',
  'timeout=10',
  'retry=1',
  'ringinuse=no',
  'joinempty=yes',
  'member => Local/104@from-internal/n,0,Agent 104,PJSIP/104',
  'member => Local/105@from-internal/n,0,Agent 105,PJSIP/105',
  '',
].join('\n');

/** Asterisk's own books, which the tests compare ours with. Times as seconds with their fraction. */
export const CDR_FIELDS = [
  'uniqueid',
  'linkedid',
  'sequence',
  'src',
  'dst',
  'dcontext',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start(double)',
  'answer(double)',
  'end(double)',
  'duration',
  'billsec',
  'disposition',
] as const;

const CDR = [
  '[calls.csv]',
  'format = dsv',
  'separator_character = ,',
  'quote_character = "',
  'quote_escape_character = "',
  'quoting_method = all',
  `fields = ${CDR_FIELDS.join(',')}`,
  '',
].join('\n');

/** A line to us is a client and an application of its own: the first is called `switchhook`. */
function linesOf({ uri, secondUri }: AsteriskPlan): { name: string; uri: string }[] {
  const second = secondUri === undefined ? [] : [{ name: 'switchhook_2', uri: secondUri }];
  return [{ name: 'switchhook', uri }, ...second];
}

function ariConf(plan: AsteriskPlan): string {
  return [
    '[general]',
    'enabled=yes',
    'channelvars=CHANNEL(linkedid),X_ATT',
    '[switchhook]',
    'type=user',
    `password=${plan.password}`,
    'read_only=no',
    ...linesOf(plan).flatMap(({ name }) => [
      `[${name}_out]`,
      'type=outbound_websocket',
      `websocket_client_id=${name}_client`,
      `apps=${name}`,
      'subscribe_all=yes',
      'local_ari_user=switchhook',
    ]),
    '',
  ].join('\n');
}

function websocketConf(plan: AsteriskPlan): string {
  const lines = linesOf(plan).flatMap(({ name, uri }) => [
    `[${name}_client]`,
    'type=websocket_client',
    'connection_type=persistent',
    `uri=${uri}`,
    'protocols=ari',
    `username=${plan.user}`,
    `password=${plan.password}`,
    'connection_timeout=2000',
    'reconnect_interval=500',
    'tls_enabled=no',
  ]);
  return [...lines, ''].join('\n');
}
