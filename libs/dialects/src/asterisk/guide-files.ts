import type { GuideFile } from '../dialect.js';
import { ARI_LINES } from './ari-lines.js';

const lines = (...of: string[]): string => `${of.join('\n')}\n`;

const clientLines = (name: string, uri: string): string =>
  lines(
    `[${name}]`,
    'type = websocket_client',
    'connection_type = persistent',
    `uri = ${uri}`,
    'protocols = ari',
    'tls_enabled = yes',
    'ca_list_file = /etc/ssl/certs/ca-certificates.crt',
    'verify_server_cert = yes',
    'verify_server_hostname = yes',
    'reconnect_interval = 1000',
  );

const applicationLines = (name: string): string[] => [
  `[${name}_events]`,
  'type = outbound_websocket',
  `websocket_client_id = ${name}`,
  `apps = ${name}`,
  'local_ari_user = switchhook',
  'subscribe_all = yes',
];

const CLIENTS = '/etc/asterisk/websocket_client.conf';
const APPLICATIONS = '/etc/asterisk/ari.conf';
/** The URLs of the two lines differ in their ends. */
const SECOND_URL = `{url}${ARI_LINES[1].slice(ARI_LINES[0].length)}`;

/** What makes an Asterisk dial us: the same as the steps say, to be copied. */
export const guideFiles: readonly GuideFile[] = [
  { name: CLIENTS, text: clientLines('switchhook', '{url}') },
  {
    name: APPLICATIONS,
    text: lines(
      '[general]',
      'enabled = yes',
      'channelvars = CHANNEL(linkedid),X_ATT,FROM_DID',
      '',
      '[switchhook]',
      'type = user',
      'read_only = no',
      'password = {password}',
      '',
      ...applicationLines('switchhook'),
    ),
  },
  { name: `${CLIENTS} (second line)`, text: clientLines('switchhook_2', SECOND_URL) },
  { name: `${APPLICATIONS} (second line)`, text: lines(...applicationLines('switchhook_2')) },
];

/** The same for an address without TLS: Asterisk tries TLS at it for ever where it is told to. */
export const guideFilesWithoutTls: readonly GuideFile[] = guideFiles.map(({ name, text }) => ({
  name,
  text: text
    .replaceAll('tls_enabled = yes', 'tls_enabled = no')
    .replace(/^(?:ca_list_file|verify_).*\n/gm, ''),
}));
