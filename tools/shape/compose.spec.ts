import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { VARIABLES, projectRoot, type Variable } from '#platform';

/** No Docker engine runs where the tests run, so what would only be noticed at `docker compose up` is checked here. */
interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  stop_grace_period?: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  privileged?: boolean;
  tmpfs?: string[];
  volumes?: string[];
}

/** By digest, so that what was tried is what runs. */
const BY_DIGEST = /^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/;

const root = projectRoot();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const text = read('docker-compose.yml');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const theirs = Object.entries(services).filter(([, { build }]) => build === undefined);
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

const variables: Record<string, Variable> = VARIABLES;
/** Variables of the file that no program of ours reads. */
const OF_IMAGES = ['POSTGRES_PASSWORD', 'POSTGRES_USER', 'POSTGRES_DB'];
/** Apps that are no service: everything in one process, and a toy. */
const NO_SERVICE = ['standalone', 'simulator'];

/** `${NAME:-default}` and the like, with what follows the name. */
const interpolations = [...text.matchAll(/\$\{([A-Z_]+)([^}]*)\}/g)].map(([, name, rest]) => ({
  name: name ?? '',
  rest: rest ?? '',
}));

const sourceOf = (built: string): string => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
const seconds = (period: string | undefined): number => Number(/^(\d+)s$/.exec(period ?? '')?.[1]);

describe('docker-compose.yml', () => {
  it.each(ours)('%s starts a program that has a source', (name, { command }) => {
    const file = command?.at(-1) ?? '';
    expect(file).toMatch(/^dist\/apps\//);
    expect({ name, exists: existsSync(join(root, sourceOf(file))) }).toEqual({ name, exists: true });
  });

  it('has a service for every app, and names it so', () => {
    const apps = readdirSync(join(root, 'apps')).filter((app) =>
      existsSync(join(root, 'apps', app, 'main.ts')),
    );
    const wanted = apps.filter((app) => !NO_SERVICE.includes(app));
    const programs = ours.map(([name, { command }]) => `${name} ${command?.at(-1) ?? ''}`);
    for (const app of wanted) expect(programs).toContain(`${app} dist/apps/${app}/main.js`);
    expect(ours.map(([name]) => name).sort()).toEqual([...wanted, 'migrate'].sort());
  });

  it('sets no variable that nobody reads', () => {
    for (const [, { environment }] of ours) {
      for (const name of Object.keys(environment ?? {})) expect(Object.keys(variables)).toContain(name);
    }
    for (const [, { environment }] of theirs) {
      for (const name of Object.keys(environment ?? {})) expect(OF_IMAGES).toContain(name);
    }
    for (const { name } of interpolations) expect([...Object.keys(variables), ...OF_IMAGES]).toContain(name);
  });

  it('gives every app what it cannot start without', () => {
    for (const [, { environment }] of ours) {
      expect(Object.keys(environment ?? {})).toEqual(
        expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'SECRET_KEYS', 'PUBLIC_URL']),
      );
    }
  });

  it('insists on the secrets that have no default', () => {
    const required = ['SECRET_KEYS', 'POSTGRES_PASSWORD'];
    const given = interpolations.filter(({ name }) => required.includes(name));
    expect(new Set(given.map(({ name }) => name))).toEqual(new Set(required));
    for (const { rest } of given) expect(rest).toMatch(/^:\?./);
  });

  it('repeats no default of ours: an empty value means the default', () => {
    for (const { name, rest } of interpolations) {
      if (variables[name]?.default !== undefined) expect(rest).toBe(':-');
    }
  });

  it('publishes different ports, each leading to the one that the image listens on', () => {
    const published = ours.flatMap(([, { ports }]) => ports ?? []).map((pair) => pair.split(':'));
    const inside = /^EXPOSE (\d+)$/m.exec(lastStage)?.[1];
    expect(inside).toBe(VARIABLES.PORT.default);
    expect(lastStage).toContain(`PORT=${VARIABLES.PORT.default}`);
    for (const [, to] of published) expect(to).toBe(inside);
    expect(new Set(published.map(([from]) => from)).size).toBe(published.length);
  });

  it('tells PBXs the port of ingress', () => {
    const published = services['ingress']?.ports?.[0]?.split(':')[0];
    expect(services['ingress']?.environment?.['PUBLIC_URL']).toBe(
      `\${PUBLIC_URL:-http://localhost:${published ?? ''}}`,
    );
  });

  it.each(ours)('%s is not killed before its own grace is over', (_, { environment, stop_grace_period }) => {
    expect(seconds(stop_grace_period)).toBeGreaterThanOrEqual(
      Number(environment?.['SHUTDOWN_GRACE_SECONDS']) + 5,
    );
  });

  it.each(ours)('%s waits for what it needs, in a state that this can reach', (_, { depends_on }) => {
    expect(depends_on?.['postgres']).toEqual({ condition: 'service_healthy' });
    for (const [name, { condition }] of Object.entries(depends_on ?? {})) {
      const target = services[name];
      expect(target).toBeDefined();
      if (condition === 'service_completed_successfully') expect(name).toBe('migrate');
      else expect(target?.healthcheck?.test ?? lastStage).toBeTruthy();
    }
  });

  it('lets every app wait for the migrations', () => {
    for (const [name, { depends_on }] of ours) {
      if (name === 'migrate') continue;
      expect(depends_on?.['migrate']).toEqual({ condition: 'service_completed_successfully' });
    }
  });

  it('runs the versions that the design names', () => {
    expect(services['postgres']?.image).toMatch(/^postgres:18@/);
    expect(services['valkey']?.image).toMatch(/^valkey\/valkey:8@/);
  });

  it.each(theirs)('%s is an image by its digest', (_, { image }) => {
    expect(image).toMatch(BY_DIGEST);
  });

  it.each(Object.entries(services))(
    '%s runs without root, without rights of root, and cannot change itself',
    (_, { user, read_only, cap_drop, cap_add, security_opt, privileged, volumes }) => {
      expect(user).toMatch(/^[a-z]+$/);
      expect(user).not.toBe('root');
      expect(read_only).toBe(true);
      expect(cap_drop).toEqual(['ALL']);
      expect(cap_add).toBeUndefined();
      expect(security_opt).toEqual(['no-new-privileges:true']);
      expect(privileged).toBeUndefined();
      // Nothing of the host: only volumes that have a name.
      for (const volume of volumes ?? []) expect(volume).toMatch(/^[a-z]+:/);
    },
  );

  it('runs our programs as the user of the image', () => {
    for (const [, { user }] of ours) expect(user).toBe(/^USER (\w+)$/m.exec(lastStage)?.[1]);
  });

  it('leaves room for what PostgreSQL and Valkey write outside their volumes', () => {
    const rooms = (name: string) => (services[name]?.tmpfs ?? []).map((room) => room.split(':')[0]);
    expect(rooms('postgres')).toEqual(['/tmp', '/var/run/postgresql']);
    expect(rooms('valkey')).toEqual(['/data']);
  });

  it('publishes neither metrics, which have no password, nor a database', () => {
    expect(lastStage).toMatch(/METRICS_PORT=9464/);
    expect(lastStage).not.toMatch(/METRICS_HOST=|EXPOSE .*9464/);
    for (const [, { ports }] of theirs) expect(ports).toBeUndefined();
    for (const [, { ports }] of ours) for (const port of ports ?? []) expect(port).not.toContain('9464');
  });
});

describe('Dockerfile', () => {
  it('ends in an image without compilers, tests and root', () => {
    expect(lastStage).toMatch(/^USER (?!root)\w+$/m);
    expect(lastStage).not.toMatch(/^RUN /m);
    expect(dockerfile).toMatch(/npm ci --ignore-scripts --omit=dev/);
    expect(lastStage).toContain('COPY --from=packages /app/node_modules');
  });

  it('holds everything that the programs read', () => {
    for (const part of ['package.json ', 'prisma ', '/app/dist/libs ', '/app/dist/apps ']) {
      expect(lastStage).toMatch(new RegExp(`^COPY .*${part}`, 'm'));
    }
  });

  it('asks for readiness where a program answers it', () => {
    const path = /\$\{process\.env\.PORT\}\/([\w/]+)`/.exec(lastStage)?.[1] ?? 'nothing';
    expect(lastStage).toMatch(/^HEALTHCHECK /m);
    expect(read('libs/platform/src/health/health.controller.ts')).toContain(`@Get('${path}')`);
  });

  it('starts the app that APP names', () => {
    const app = /^ARG APP=(\w+)$/m.exec(lastStage)?.[1] ?? 'nothing';
    expect(existsSync(join(root, 'apps', app, 'main.ts'))).toBe(true);
    expect(lastStage).toMatch(/^CMD .*exec node .*dist\/apps\/\$\{APP\}\/main\.js/m);
  });

  it('uses the Node that the packages allow', () => {
    const stages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(new Set(stages).size).toBe(1);
    expect(stages[0]).toMatch(/^node:24-slim@/);
    expect(stages[0]).toMatch(BY_DIGEST);
  });

  it('listens where a container is reached', () => {
    expect(lastStage).toMatch(/ HOST=0\.0\.0\.0 /);
  });
});
