import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';

/** How a process is told from the others. */
export interface ProcessIdentity {
  /** Of the program: api, ingress, standalone and so on. */
  name: string;
  host: string;
  pid: number;
  /** Of the package that it was built of. */
  version: string;
}

export function processIdentity(name: string): ProcessIdentity {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return { name, host: hostname(), pid: process.pid, version };
}
