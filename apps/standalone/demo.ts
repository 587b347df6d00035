import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { instant } from '#domain';
import { explain, processEnv, systemClock, whenToStop, type Env } from '#platform';
import { makeDemoSignIn } from '../api/api.module.js';
import { CrmSink, sharedNowMs } from '../simulator/index.js';
import type { DemoSummary } from './demo-book.js';
import { playDemoCampaign, type DemoCampaignParts } from './demo-campaign.js';
import { DemoRecords } from './demo-records.js';
import { DemoClient } from './demo-client.js';
import { DEMO_HELP, readDemoOptions, type DemoOptions } from './demo-options.js';
import { setDemoStage } from './demo-stage.js';
import { DemoShow } from './demo-show.js';
import { startStandalone } from './start-standalone.js';

const DEMO_RATE_PER_MINUTE = 100_000;

/** The demo's own data and a port that is free; its CRM is on this machine. */
async function demoEnv(given: Env, dataDir: string): Promise<Env> {
  const port = (await isFree(given.PORT)) ? given.PORT : 0;
  return {
    ...given,
    DATA_DIR: dataDir,
    DATABASE_URL: undefined,
    PORT: port,
    // A key of the operator's own would be shown.
    ADMIN_KEY: undefined,
    EGRESS_ALLOW: [...given.EGRESS_ALLOW, '127.0.0.0/8'],
    LOG_LEVEL: process.argv.includes('--verbose') ? given.LOG_LEVEL : 'error',
    API_RATE_PER_MINUTE: DEMO_RATE_PER_MINUTE,
  };
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** @returns the exit code: 0 when nothing was lost and nothing came twice */
async function demo(options: DemoOptions): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`switchhook: ${line}\n`);
  // A fresh one each time, outside the checkout, so that a demo neither meets nor harms an installation's data.
  const dataDir = mkdtempSync(join(tmpdir(), 'switchhook-demo-'));
  // For root: the server runs as another user, who must get in.
  chmodSync(dataDir, 0o755);
  const sink = new CrmSink({ now: () => systemClock.now() });
  const records = new DemoRecords();
  const stop = new AbortController();
  void whenToStop().then(() => {
    stop.abort();
  });
  try {
    await sink.listen();
    const standalone = await startStandalone(await demoEnv(processEnv(), dataDir), say);
    try {
      const operator = new DemoClient(standalone.url, standalone.operatorKey ?? '');
      const stage = await setDemoStage(operator, { sink, records, url: standalone.url });
      const byHand = `${stage.steady.ingress.get('voicenter') ?? ''}/cdr`;
      const signIn = await makeDemoSignIn(standalone.app, stage.steady.id);
      say(`sign in            ${standalone.url}${signIn}`);
      introduce(say, standalone.url, standalone.operatorKey ?? '', byHand);
      const print = printerOf(options);
      const common = {
        signal: stop.signal,
        now: () => instant(systemClock.now()),
        monotonicMs: sharedNowMs,
      };
      const show = new DemoShow({
        ...common,
        options,
        stage,
        sink,
        print,
        colour: process.stdout.isTTY,
      });
      // Beside the calls, so that the demo takes no longer for it.
      const campaign = options.campaign
        ? showCampaign({ ...common, operator, url: standalone.url }, print)
        : undefined;
      const summary = await show.play();
      const dialled = (await campaign) ?? true;
      for (const line of await records.lines(stage.steady)) print(line);
      process.stdout.write(`${options.json ? JSON.stringify(summary) : summed(summary)}\n`);
      return dialled && summary.lost === 0 && summary.duplicates === 0 ? 0 : 1;
    } finally {
      await standalone.close();
    }
  } finally {
    await Promise.allSettled([sink.close(), records.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** With `--json` the summary is all that goes to stdout. */
function printerOf({ json }: DemoOptions): (line: string) => void {
  return (line) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
}

function summed({ calls, delivered, lost, duplicates, p95Ms }: DemoSummary): string {
  return `${String(calls)} calls, ${String(delivered)} delivered, ${String(lost)} lost, ${String(duplicates)} duplicates, p95 ${String(p95Ms)} ms`;
}

/** @returns false when it failed, which is said; a demo that is stopped in its midst has not */
async function showCampaign(parts: DemoCampaignParts, print: (line: string) => void): Promise<boolean> {
  try {
    for (const line of await playDemoCampaign(parts)) print(line);
    return true;
  } catch (error) {
    if (parts.signal.aborted) return true;
    explain('demo', error);
    return false;
  }
}

function introduce(say: (line: string) => void, url: string, key: string, ingressUrl: string): void {
  const body =
    '{"caller":"0523258000","target":"0722776772","time":1736936100,"duration":42,"ivruniqueid":"by-hand-1","type":"Incoming Call","status":"ANSWER","targetextension":"SIPSIP","did":"0722776772","dialtime":5}';
  say(`API documentation  ${url}/docs`);
  say(`operator's key     ${key}`);
  say('send a call by hand:');
  process.stderr.write(`  curl -X POST '${ingressUrl}' -H 'content-type: application/json' -d '${body}'\n\n`);
}

async function main(): Promise<number> {
  const options = readDemoOptions(process.argv.slice(2).filter((word) => word !== '--verbose'));
  if (options.help) {
    process.stdout.write(DEMO_HELP);
    return 0;
  }
  return demo(options);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    explain('demo', error);
    process.exit(1);
  },
);
