import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { instant } from '#domain';
import { explain, processEnv, systemClock, whenToStop, type Env } from '#platform';
import { makeDemoSignIn } from '../api/api.module.js';
import { CrmSink, sharedNowMs } from '../simulator/index.js';
import type { DemoSummary } from './demo-book.js';
import { DemoAsterisk } from './demo-asterisk.js';
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
    const env = await demoEnv(processEnv(), dataDir);
    const standalone = await startStandalone(env, say);
    try {
      const operator = new DemoClient(standalone.url, standalone.operatorKey ?? '');
      const stage = await setDemoStage(operator, { sink, records, url: standalone.url });
      introduce(say, {
        url: standalone.url,
        signIn: await makeDemoSignIn(standalone.app, stage.steady.id),
        key: standalone.operatorKey ?? '',
        crm: new URL(`/control/${stage.steady.crm}`, sink.url('')).href,
        ingress: stage.steady.ingress.get('voicenter') ?? '',
      });
      const { url } = standalone;
      const played = {
        options,
        stage,
        sink,
        records,
        operator: { client: operator, url },
        signal: stop.signal,
      };
      const real = { client: stage.steady.client, url, root: env.ASTERISK_ROOT, say, signal: stop.signal };
      const asterisk = options.asterisk ? await DemoAsterisk.open(real) : undefined;
      try {
        return (await playAll({ ...played, asterisk })) ? 0 : 1;
      } finally {
        await asterisk?.close();
      }
    } finally {
      await standalone.close();
    }
  } finally {
    await Promise.allSettled([sink.close(), records.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Played {
  options: DemoOptions;
  stage: Awaited<ReturnType<typeof setDemoStage>>;
  sink: CrmSink;
  records: DemoRecords;
  /** A real PBX, where there is one. */
  asterisk: DemoAsterisk | undefined;
  /** Asks the product for its operator. */
  operator: { client: DemoClient; url: string };
  signal: AbortSignal;
}

/** Plays calls, and a campaign beside them so that the demo takes no longer for it. @returns whether nothing was lost and nothing came twice */
async function playAll(played: Played): Promise<boolean> {
  const { options, stage, sink, records, asterisk, operator, signal } = played;
  const print = printerOf(options);
  const common = { signal, now: () => instant(systemClock.now()), monotonicMs: sharedNowMs };
  const show = new DemoShow({ ...common, options, stage, sink, print, colour: process.stdout.isTTY });
  const campaign = options.campaign
    ? showCampaign({ ...common, operator: operator.client, url: operator.url }, print)
    : undefined;
  const real = asterisk?.play(options.calls === Infinity, print);
  const [summary] = await Promise.all([show.play(), real]);
  const dialled = (await campaign) ?? true;
  for (const line of await records.lines(stage.steady)) print(line);
  process.stdout.write(`${options.json ? JSON.stringify(summary) : summed(summary)}\n`);
  return dialled && summary.lost === 0 && summary.duplicates === 0;
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

interface Introduced {
  url: string;
  /** Path of a link that signs one in. */
  signIn: string;
  /** The operator's. */
  key: string;
  /** The page of a CRM, with a switch that breaks it. */
  crm: string;
  /** Where a PBX of Voicenter's sends. */
  ingress: string;
}

function introduce(say: (line: string) => void, { url, signIn, key, crm, ingress }: Introduced): void {
  const body =
    '{"caller":"0523258000","target":"0722776772","time":1736936100,"duration":42,"ivruniqueid":"by-hand-1","type":"Incoming Call","status":"ANSWER","targetextension":"SIPSIP","did":"0722776772","dialtime":5}';
  say(`console, signed in ${url}${signIn}`);
  say(`break its CRM      ${crm}`);
  say(`API documentation  ${url}/docs`);
  say(`operator's key     ${key}`);
  say('send a call by hand:');
  process.stderr.write(
    `  curl -X POST '${ingress}/cdr' -H 'content-type: application/json' -d '${body}'\n\n`,
  );
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
