import { chooseServices, servicesSentence, type Surroundings } from '../harness/services.js';

const NOTHING: Surroundings = {
  databaseUrl: undefined,
  redisUrl: undefined,
  dockerAnswers: false,
  redisProgram: undefined,
};
const PROGRAM = '/usr/bin/redis-server';
const GIVEN = { databaseUrl: 'postgresql://db', redisUrl: 'redis://cache' };

describe('where the tests’ servers come from', () => {
  it.each<[string, Partial<Surroundings>, string]>([
    ['nothing', {}, 'PostgreSQL from node_modules, Redis nowhere'],
    [
      'a redis-server',
      { redisProgram: PROGRAM },
      'PostgreSQL from node_modules, Redis by redis-server on the PATH',
    ],
    ['a Docker engine', { dockerAnswers: true }, 'PostgreSQL in a container, Redis in containers'],
    [
      'a Docker engine and a redis-server',
      { dockerAnswers: true, redisProgram: PROGRAM },
      'PostgreSQL in a container, Redis in containers',
    ],
    ['URLs', GIVEN, 'PostgreSQL at DATABASE_URL, Redis at REDIS_URL (nowhere where it is stopped)'],
    [
      'URLs and a Docker engine',
      { ...GIVEN, dockerAnswers: true },
      'PostgreSQL at DATABASE_URL, Redis at REDIS_URL (in containers where it is stopped)',
    ],
    [
      'a database and a redis-server',
      { databaseUrl: GIVEN.databaseUrl, redisProgram: PROGRAM },
      'PostgreSQL at DATABASE_URL, Redis by redis-server on the PATH',
    ],
  ])('where there is %s', (_, surroundings, sentence) => {
    expect(servicesSentence(chooseServices({ ...NOTHING, ...surroundings }))).toBe(sentence);
  });
});
