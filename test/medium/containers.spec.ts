import { Redis } from 'ioredis';
import { startPostgresContainer, startRedisContainer } from '../harness/containers.js';
import { dockerAnswers } from '../harness/docker-answers.js';
import { DockerEngine, started } from '../harness/docker-engine.js';
import { freePort } from '../harness/free-port.js';
import { redisProgram } from '../harness/redis-program.js';
import { withProgram } from '../harness/with-program.js';

/** In this order: testcontainers looks at DOCKER_HOST once, and keeps the first engine that answered it. */
describe('what the tests take from Docker', () => {
  let engine: DockerEngine;

  beforeAll(async () => {
    process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
    engine = await DockerEngine.open({
      run: ({ Cmd }, port) =>
        started(redisProgram() ?? '', [...Cmd.slice(1), '--port', String(port), '--bind', '127.0.0.1']),
      refuses: (image) => !image.startsWith('valkey/'),
    });
    process.env['DOCKER_HOST'] = engine.url;
  });
  afterAll(async () => {
    delete process.env['DOCKER_HOST'];
    delete process.env['TESTCONTAINERS_RYUK_DISABLED'];
    await engine.close();
  });

  it.each(['silent', 'broken'] as const)('does without an engine that is %s', async (mood) => {
    engine.mood = mood;
    expect(await dockerAnswers()).toBe(false);
    expect(engine.asked).toContain('GET /info');
  });

  it('takes an engine that answers', async () => {
    engine.mood = 'well';
    expect(await dockerAnswers()).toBe(true);
  });

  it('hears of an engine that cannot bring the image', async () => {
    await expect(startPostgresContainer()).rejects.toThrow(/no route to the registry/);
    expect(engine.asked.at(-1)).toMatch(/^GET \/images\/postgres@sha256:[0-9a-f]{64}\/json$/);
  });

  withProgram('redis-server')(
    'starts a Redis by Docker’s real client, and another one in its place, empty',
    async () => {
      const port = await freePort();
      for (let run = 1; run <= 2; run += 1) {
        const { host, stop } = await startRedisContainer(port);
        const redis = new Redis({ host, port, lazyConnect: true });
        expect(await redis.keys('*')).toEqual([]);
        await redis.set('kept', '1');
        await redis.quit();
        expect(engine.running).toBe(1);
        await stop();
        expect(engine.running).toBe(0);
      }
      expect(engine.images).toHaveLength(2);
      for (const image of engine.images) expect(image).toMatch(/^valkey\/valkey@sha256:[0-9a-f]{64}$/);
    },
    60_000,
  );
});
