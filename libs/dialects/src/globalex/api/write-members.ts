/** The same names and values in each of the formats that can be asked for (`RFormat`). */
import { escapeXml } from '../../xmlrpc/write-value.js';
import type { FacadeReply } from '../../facade.js';
import type { ReplyFormat } from './manner.js';

export type Members = readonly (readonly [name: string, value: string])[];

/** Names are the facade's own. No value makes another line or another element. */
export function writeMembers(members: Members, format: ReplyFormat): FacadeReply {
  const lines = members.map(([name, value]) => [name, oneLine(value)] as const);
  switch (format) {
    case 'json':
      return reply('application/json', JSON.stringify({ data: Object.fromEntries(lines) }));
    case 'xml': {
      const elements = lines.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
      return reply('text/xml', `<?xml version="1.0" encoding="UTF-8"?>\n<data>${elements}</data>\n`);
    }
    case 'html': {
      const rows = lines.map(([name, value]) => `${name}: ${escapeHtml(value)}<br>\n`).join('');
      return reply('text/html', `<html><body>\n${rows}</body></html>\n`);
    }
    case 'text':
      return reply('text/plain', lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
  }
}

export function reply(contentType: string, body: string): FacadeReply {
  return { status: 200, contentType: `${contentType}; charset=utf-8`, body };
}

// eslint-disable-next-line no-control-regex -- finding them is the point
const CONTROLS = /[\0-\x1f\x7f-\x9f\u2028\u2029]+/g;

function oneLine(text: string): string {
  return text.replace(CONTROLS, ' ').toWellFormed();
}

function escapeHtml(text: string): string {
  return escapeXml(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
