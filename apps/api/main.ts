import { DbModule, TenantScopeModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ApiModule, ensureOperatorKey, prepareApi } from './api.module.js';

await runProcess('api', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  const imports = [DbModule.with(url), TenantScopeModule.with(url), QueuesModule.with(url), ApiModule];
  const running = await startProcess('api', env, {
    imports,
    prepare: async (app) => {
      prepareApi(app);
      const key = await ensureOperatorKey(app);
      // A key that came from ADMIN_KEY is known to whoever set it.
      if (key !== null && env.ADMIN_KEY === undefined) {
        process.stderr.write(`switchhook api: the operator's key, shown this once: ${key}\n`);
      }
    },
  });
  return running;
});
