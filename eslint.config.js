// One file of rules. Each ban carries its reason as its message; tools/shape/lint.spec.ts proves each of them by an input
// that breaks it. Who may import whom is another matter: see .dependency-cruiser.mjs.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const ENV =
  'Settings are read once, in libs/platform/src/env: ask for `Env`, or call `processEnv()` in a main.';
const PASS_ON = 'Pass `process.env` on to a child as a whole; a setting of ours is read by `processEnv()`.';
const CLOCK = 'Time and chance are passed in (`Clock`, `now`, `random`), so that a test can choose them.';
const ENUM = 'A union of literals, not an enum: `as const` and a type.';
const GUARDED =
  'What goes out goes by HttpSender or HttpStreamer, which are guarded against SSRF; undici belongs to libs/platform/src/http.';
const CAN_PARSE =
  '`readUrl` of #domain: in Node 20, URL.canParse says no to texts of Latin-1 after some thousand calls.';
const BY_NAME =
  'A library is imported by its name: #domain, #dialects, #formats, #sources, #pbx, #crm, #platform, #queues, #db.';

const PROCESS_ENV = "MemberExpression[object.name='process'][property.name='env']";
// Where to look for other people's programs is nobody's setting.
const PATH = ":matches([property.name='PATH'], [property.value='PATH'])";

const enums = [{ selector: 'TSEnumDeclaration', message: ENUM }];
const environment = [
  { selector: PROCESS_ENV, message: ENV },
  {
    selector: "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
    message: ENV,
  },
  { selector: 'ImportDeclaration[source.value=/^(node:)?process$/]', message: ENV },
];
const oneOfTheEnvironment = [
  { selector: `MemberExpression:not(${PATH}) > ${PROCESS_ENV}.object`, message: PASS_ON },
  { selector: `VariableDeclarator[id.type='ObjectPattern'] > ${PROCESS_ENV}.init`, message: PASS_ON },
];
const clockAndChance = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
  { selector: "CallExpression[callee.name='Date']", message: CLOCK },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: CLOCK },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: CLOCK },
];

// Listening is fine, and so is the name of a type.
const NETWORK =
  "ImportDeclaration[importKind!='type'][source.value=/^(node:)?(http|https|http2|net|tls|dgram)$/]";
const outgoing = [
  { selector: "CallExpression[callee.name='fetch']", message: GUARDED },
  { selector: "MemberExpression[object.name='globalThis'][property.name='fetch']", message: GUARDED },
  {
    selector: `${NETWORK} > ImportSpecifier[importKind!='type'][imported.name=/^(connect|createConnection|createSocket|request|get|Agent|ClientRequest|Socket|TLSSocket)$/]`,
    message: GUARDED,
  },
  { selector: `${NETWORK} > :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)`, message: GUARDED },
];

/** Sets the bans of some files. ESLint replaces a rule's options as a whole, so each set names all that it wants. */
const ban = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors.flat()] });

const SPECS = ['**/*.spec.ts', '**/*.test.ts', '**/*.test.tsx', '**/*.fixture.ts', 'test/**/*.ts'];
const NODE_GLOBALS = [
  'process',
  'console',
  'URL',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'fetch',
  'performance',
];

export default defineConfig(
  {
    ignores: [
      'dist/',
      '**/node_modules/',
      '.data/',
      'coverage/',
      'libs/db/src/generated/',
      'apps/console/src/api/operations.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-properties': ['error', { object: 'URL', property: 'canParse', message: CAN_PARSE }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 4 }],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      // prisma.config.ts belongs to Prisma's CLI and is in no tsconfig.
      parserOptions: {
        projectService: { allowDefaultProject: ['prisma.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // Knows decorators: what Nest injects stays a value import.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/libs/*/**', '**/libs/*'], message: BY_NAME }] },
      ],

      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],

      // The next ones are presets that cost more here than they give.
      // A number in a message is what the message is for; objects, undefined and the like stay forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A Nest module is a class that carries a decorator and nothing else.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // `() => void list.push(x)` and `(x) => set.add(x)` in a callback that returns nothing read well.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Ids and instants are branded by the caller: `newId<CallId>()`.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // TypeScript does not see that an await or a callback may change what was checked before it. In code that drains
      // and stops at the same time those second looks are the point, and the rule asks to delete them.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // What was caught in a callback and kept is thrown later, as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      // DTO classes and Nest's option classes name a shape; nobody calls their constructors.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // The same for spreading one DTO into another; and `...'0123456789'` means its characters.
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  { files: ['**/*.ts'], rules: ban(enums) },
  { files: ['{apps,libs}/**/*.ts'], rules: ban(enums, environment, clockAndChance, outgoing) },
  // It runs in a browser, which is asked for what is shown; what is pure there is given the time as well.
  { files: ['apps/console/**/*.{ts,tsx}'], rules: ban(enums, clockAndChance) },
  // Marks of what they are made of: elements are nested, and each line of a screen is one.
  {
    files: ['apps/console/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  // These are where the outside world comes in.
  {
    files: ['apps/*/main.ts', 'libs/platform/src/clock/**', 'apps/console/src/page/now-ms.ts'],
    rules: ban(enums, environment, outgoing),
  },
  { files: ['libs/platform/src/env/**'], rules: ban(enums, clockAndChance, outgoing) },
  // These are no server that anybody else uses: they talk to their own machine.
  { files: ['apps/simulator/**'], rules: ban(enums, environment) },
  { files: ['apps/standalone/demo-client.ts'], rules: ban(enums, environment, clockAndChance) },
  { files: ['{bench,tools}/**'], rules: ban(enums, oneOfTheEnvironment) },
  {
    // A test sets up the world that it needs, and a table of cases may be long. Jest's `describe.skip` is a method, and a
    // fake is async because the real thing is.
    files: SPECS,
    rules: {
      ...ban(enums),
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  // What Nest injects comes one by one.
  { files: ['**/*.module.ts', '**/*.controller.ts'], rules: { 'max-params': 'off' } },
  // Programs for people speak on the console.
  { files: ['tools/**', 'bench/**'], rules: { 'no-console': 'off' } },
);
