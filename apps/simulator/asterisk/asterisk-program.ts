import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** An Asterisk that can be started: the one on PATH, or one that was unpacked into a folder of its own. */
export interface AsteriskProgram {
  command: string;
  /** Before Asterisk's own arguments. */
  args: readonly string[];
  /** Where its modules and its sounds are. */
  modules: string;
  data: string;
}

/** Where an Asterisk is that somebody installed. */
const INSTALLED = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin'];

/**
 * Says what is missing, in one sentence, where there is no Asterisk to be had.
 *
 * @param root  the folder that `tools/asterisk.mjs` unpacked one into, where there is one: ASTERISK_ROOT
 */
export async function findAsterisk(root: string | undefined): Promise<AsteriskProgram | { missing: string }> {
  if (root !== undefined && root !== '') {
    const unpacked = await unpackedAsterisk(root);
    return unpacked ?? { missing: `ASTERISK_ROOT is ${root}, where no Asterisk was unpacked` };
  }
  const installed = await installedAsterisk();
  return (
    installed ?? {
      missing:
        'no Asterisk is installed, and ASTERISK_ROOT names no folder (node tools/asterisk.mjs <folder> makes one)',
    }
  );
}

async function installedAsterisk(): Promise<AsteriskProgram | undefined> {
  for (const folder of INSTALLED) {
    const command = join(folder, 'asterisk');
    const modules = (await isThere(command)) ? await moduleFolder(join(folder, '..')) : undefined;
    if (modules === undefined) continue;
    const data = join(folder, '..', 'share', 'asterisk');
    return { command, args: [], modules, data: (await isThere(data)) ? data : '/var/lib/asterisk' };
  }
  return undefined;
}

/** Started by its own loader with its own libraries: no chroot, and no other rights than ours. */
async function unpackedAsterisk(root: string): Promise<AsteriskProgram | undefined> {
  const usr = join(root, 'usr');
  const program = join(usr, 'sbin', 'asterisk');
  const modules = await moduleFolder(usr);
  const loader = await loaderIn(usr);
  if (modules === undefined || loader === undefined || !(await isThere(program))) return undefined;
  const libraries = join(modules, '..', '..');
  return {
    command: loader,
    args: ['--library-path', [libraries, join(usr, 'lib')].join(':'), program],
    modules,
    data: join(usr, 'share', 'asterisk'),
  };
}

async function moduleFolder(usr: string): Promise<string | undefined> {
  const lib = join(usr, 'lib');
  for (const name of ['', ...(await namesIn(lib)).filter((one) => one.includes('-linux-'))]) {
    const modules = join(lib, name, 'asterisk', 'modules');
    if (await isThere(join(modules, 'chan_pjsip.so'))) return modules;
  }
  return undefined;
}

async function loaderIn(usr: string): Promise<string | undefined> {
  for (const folder of [join(usr, 'lib64'), join(usr, 'lib')]) {
    const name = (await namesIn(folder)).find((one) => /^ld-linux.*\.so\.\d+$/.test(one));
    if (name !== undefined) return join(folder, name);
  }
  return undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
