import { DbModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess, yieldToIngress } from '#platform';
import { QueuesModule } from '#queues';
import { ForwarderModule } from './forwarder.module.js';

yieldToIngress();
await runProcess('forwarder', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  return startProcess('forwarder', env, {
    imports: [DbModule.with(url), QueuesModule.with(url), ForwarderModule],
  });
});
