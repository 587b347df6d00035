import { DbModule, MaintenanceModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess, yieldToIngress } from '#platform';
import { QueuesModule } from '#queues';
import { EnricherModule } from './enricher.module.js';

yieldToIngress();
await runProcess('enricher', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  return startProcess('enricher', env, {
    imports: [DbModule.with(url), QueuesModule.with(url), MaintenanceModule.with(url), EnricherModule],
  });
});
