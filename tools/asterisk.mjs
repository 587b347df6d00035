// Unpacks a Debian Asterisk with all its libraries into a folder, for tests and the demo: nothing is installed on the
// machine, and nobody need be root. Whoever is told ASTERISK_ROOT=<folder> starts it from there.
//
//   node tools/asterisk.mjs <folder> [seconds]    300 seconds at most, where no others are said
//
// A folder that has one already is left as it is. Where it cannot be had, it says why in one line and ends with 1.
import { spawn } from 'node:child_process';
import { access, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The release of Debian that has Asterisk 22, and the keys that it is signed with. */
const SOURCE =
  'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main\n';
const PACKAGES = ['asterisk', 'asterisk-core-sounds-en-gsm'];
const DEFAULT_SECONDS = 300;

const [given, seconds = String(DEFAULT_SECONDS)] = process.argv.slice(2);
if (given === undefined || given.startsWith('-')) {
  process.stderr.write('node tools/asterisk.mjs <folder> [seconds]\n');
  process.exit(given === '--help' ? 0 : 2);
}
const root = resolve(given);
const done = join(root, '.complete');
const work = join(root, '.apt');
/** The program that runs just now. */
let running;
setTimeout(
  () => {
    running?.kill();
    cannot(`it took longer than ${seconds} s`);
  },
  Number(seconds) * 1_000,
).unref();

try {
  if (!(await isThere(done))) await unpack();
  process.stdout.write(`asterisk: is in ${root}\n`);
} catch (error) {
  cannot(error.message);
}

function cannot(why) {
  process.stderr.write(`asterisk: cannot be had here: ${why}\n`);
  process.exit(1);
}

async function unpack() {
  for (const program of ['apt-get', 'dpkg-deb']) {
    await run(program, ['--version']).catch(() => {
      throw new Error(`there is no ${program}, so this is no Debian`);
    });
  }
  await rm(work, { recursive: true, force: true });
  for (const name of ['lists/partial', 'archives/partial', 'sources.d']) {
    await mkdir(join(work, name), { recursive: true });
  }
  await writeFile(join(work, 'sources.list'), SOURCE);
  process.stderr.write(
    `asterisk: fetching it from Debian's archive into ${root}, which takes a few minutes ...\n`,
  );
  // As on a machine that has nothing: every library comes along.
  await writeFile(join(work, 'status'), '');
  await run('apt-get', [...options(), '-q', 'update']);
  await run('apt-get', [
    ...options(),
    ...['-q', '-y', '--download-only', '--no-install-recommends', 'install'],
    ...PACKAGES,
  ]);
  const archives = join(work, 'archives');
  const files = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  // Whoever unpacks first makes the folders of all.
  for (const name of files.sort((a, b) => rank(a) - rank(b))) {
    await run('dpkg-deb', ['-x', join(archives, name), root]);
  }
  await linkSounds();
  await rm(work, { recursive: true, force: true });
  await writeFile(done, '');
}

/** The package that makes lib a link to usr/lib. */
function rank(name) {
  return name.startsWith('base-files_') ? 0 : 1;
}

/** What installing would have linked. */
async function linkSounds() {
  const sounds = join(root, 'usr/share/asterisk/sounds');
  const [voice] = (await readdir(sounds)).filter((name) => name.startsWith('en_US_'));
  await rm(join(sounds, 'en'), { force: true });
  if (voice !== undefined) await symlink(voice, join(sounds, 'en'));
}

/** Everything of apt's in our own folder. The machine's proxies stay. */
function options() {
  const settings = {
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': join(work, 'sources.d'),
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::State::Status': join(work, 'status'),
    'Dir::Cache': work,
    'Dir::Cache::Archives': join(work, 'archives'),
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled': 'false',
    'APT::Update::Post-Invoke': '',
    'APT::Update::Post-Invoke-Success': '',
    'DPkg::Post-Invoke': '',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Rejects with the last line that the program said. */
function run(program, args) {
  return new Promise((resolved, rejected) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
    running = child;
    let said = '';
    child.stderr.on('data', (bytes) => (said = (said + bytes.toString()).slice(-2_000)));
    child.once('error', rejected);
    child.once('close', (code) => {
      if (code === 0) resolved(undefined);
      else rejected(new Error(`${program}: ${said.trim().split('\n').at(-1) ?? String(code)}`));
    });
  });
}

async function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
