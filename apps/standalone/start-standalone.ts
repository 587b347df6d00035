import { DbModule, MaintenanceModule, TenantScopeModule, assertMigrated } from '#db';
import {
  startProcess,
  systemClock,
  type Env,
  type Log,
  type ProcessParts,
  type RunningProcess,
} from '#platform';
import { QueuesModule } from '#queues';
import { ApiModule, ensureFirstStart, prepareApi } from '../api/api.module.js';
import { pagesUrl, type FirstStart } from '../api/first-start.js';
import { DialerModule } from '../dialer/dialer.module.js';
import { EnricherModule } from '../enricher/enricher.module.js';
import { ForwarderModule } from '../forwarder/forwarder.module.js';
import { IngressModule } from '../ingress/ingress.module.js';
import { ingressRoutes } from '../ingress/ingress-routes.js';
import { PopupModule } from '../popup/popup.module.js';
import { migrateAll } from './migrate-all.js';
import { openHome } from './open-home.js';
import { tellOfDatabase } from './tell-of-database.js';

export interface Standalone extends RunningProcess {
  env: Env & { DATABASE_URL: string };
  /** The operator's key when this start made it up; it is never shown again. Null also when the environment gave one. */
  operatorKey: string | null;
  /** Where the first operator gives themselves a password; null when this was not the first start. */
  setupUrl: string | null;
}

/** Whoever wants it to be reached from elsewhere says so. */
const THIS_MACHINE = '127.0.0.1';

/** Everything in one process. @param say  told what is being done, one short line each */
export async function startStandalone(
  given: Env,
  say: (line: string) => void,
  log?: Log,
): Promise<Standalone> {
  const home = await openHome({ ...given, HOST: given.HOST ?? THIS_MACHINE }, say);
  try {
    const { env } = home;
    const url = env.DATABASE_URL;
    const applied = await migrateAll(url, env, systemClock.now()).catch(async (error: unknown) => {
      // Says in one sentence whether it is the database that does not answer.
      await assertMigrated(url);
      throw error;
    });
    if (applied.length > 0) say(`database migrated (${String(applied.length)})`);
    const imports = [
      DbModule.with(url),
      TenantScopeModule.with(url),
      QueuesModule.with(url),
      MaintenanceModule.with(url),
      IngressModule,
      ApiModule,
      EnricherModule,
      ForwarderModule,
      PopupModule,
      DialerModule,
    ];
    let first: FirstStart | null = null as FirstStart | null;
    const prepare: Required<ProcessParts>['prepare'] = async (app) => {
      prepareApi(app);
      first = await ensureFirstStart(app);
    };
    const running = await startProcess(
      'standalone',
      env,
      { imports, raw: ingressRoutes, prepare, afterClose: () => home.close() },
      log,
    );
    const lost = home.keep(tellOfDatabase(say, running.log));
    const operatorKey = env.ADMIN_KEY === undefined ? (first?.operatorKey ?? null) : null;
    const setupUrl = first === null ? null : pagesUrl(env, running.url) + first.setupPath;
    return { ...running, env, operatorKey, setupUrl, lost };
  } catch (error) {
    await home.close().catch(() => undefined);
    throw error;
  }
}
