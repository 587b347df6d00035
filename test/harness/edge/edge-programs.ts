import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CHROMIUM } from '../live-pages.js';

/** Where Debian keeps what is not on everybody's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin'];
const WEBSOCKET_MODULES = [
  '/usr/lib/x86_64-linux-gnu/kamailio/modules/websocket.so',
  '/usr/lib/aarch64-linux-gnu/kamailio/modules/websocket.so',
];

/** What a web phone's way to a PBX is made of, each with the Debian package that has it. */
const PROGRAMS = {
  kamailio: 'kamailio',
  rtpengine: 'rtpengine-daemon',
  baresip: 'baresip-core',
} as const;

/** Path of a program; its bare name where it is not there. */
export function edgeProgram(name: keyof typeof PROGRAMS): string {
  return find(name) ?? name;
}

/** Whether all of it is there. Where it is not, says loudly what is missing; where CI runs, nothing may be. */
export function hasEdgePrograms(): boolean {
  const missing: string[] = Object.entries(PROGRAMS)
    .filter(([name]) => find(name) === undefined)
    .map(([, debianPackage]) => debianPackage);
  if (!WEBSOCKET_MODULES.some((file) => existsSync(file))) missing.push('kamailio-websocket-modules');
  if (!existsSync(CHROMIUM)) missing.push('chromium');
  if (missing.length === 0) return true;
  const complaint = `The web phone is not tried on a real edge: apt-get install ${missing.join(' ')}`;
  if (process.env['CI'] !== undefined) throw new Error(complaint);
  process.stderr.write(`\n*** SKIPPED: ${complaint} ***\n\n`);
  return false;
}

function find(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
