/** `node dist/apps/simulator/main.js play|pbx|sink|api ...`: plays a PBX, or the CRM at the other end. */
import { whenToStop } from '#platform';
import { API_HELP, readApiOptions } from './cli/api-options.js';
import { playCalls } from './cli/play-calls.js';
import { PLAY_HELP, readPlayOptions } from './cli/play-options.js';
import { PBX_HELP, readPbxOptions } from './cli/pbx-options.js';
import { playPbx } from './cli/play-pbx.js';
import { runApi } from './cli/run-api.js';
import { runSink } from './cli/run-sink.js';
import { SINK_HELP, readSinkOptions } from './cli/sink-options.js';

const HELP = `Plays a PBX or a CRM, for demos and tests.

${PLAY_HELP}

${PBX_HELP}

${SINK_HELP}

${API_HELP}`;

const interrupted = new AbortController();
void whenToStop().then(() => {
  interrupted.abort();
});

const surroundings = {
  now: () => Date.now(),
  signal: interrupted.signal,
  say: (line: string) => process.stderr.write(`${line}\n`),
};

/** @returns the exit code */
async function run([command, ...args]: string[]): Promise<number> {
  if (command === undefined || command === 'help' || command === '--help' || args.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  if (command === 'play') {
    const options = readPlayOptions(args);
    const report = await playCalls(options, surroundings);
    tell(report, options.json);
    return report.refused === 0 && Object.keys(report.faults).length === 0 ? 0 : 1;
  }
  if (command === 'pbx') {
    const options = readPbxOptions(args);
    const report = await playPbx(options, surroundings);
    tell(report, options.json);
    return report.accepted === report.sent ? 0 : 1;
  }
  if (command === 'sink') {
    const options = readSinkOptions(args);
    tell(await runSink(options, surroundings), options.json);
    return 0;
  }
  if (command === 'api') {
    const options = readApiOptions(args);
    const opened = (told: object) => {
      tell(told, options.json);
    };
    tell(await runApi(options, { ...surroundings, tell: opened }), options.json);
    return 0;
  }
  throw new RangeError(`There is no "${command}": say play, pbx, sink or api.`);
}

function tell(result: object, json: boolean): void {
  process.stdout.write(`${json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  // parseArgs and our own readers say what is wrong in a sentence; a stack would only hide it.
  process.stderr.write(`${(error as Error).message}\nSee --help.\n`);
  process.exitCode = 2;
}
