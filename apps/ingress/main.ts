import { DbModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from './ingress-routes.js';
import { IngressModule } from './ingress.module.js';

await runProcess('ingress', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  const imports = [DbModule.with(url), QueuesModule.with(url), IngressModule];
  return startProcess('ingress', env, { imports, raw: ingressRoutes });
});
