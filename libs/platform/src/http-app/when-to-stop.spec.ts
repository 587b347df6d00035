import { isScriptOf } from './when-to-stop.js';

const START = 'exec node --enable-source-maps dist/apps/standalone/main.js';

describe('isScriptOf', () => {
  it('knows the program that npm was asked to run', () => {
    expect(isScriptOf(START, '/srv/switchhook/dist/apps/standalone/main.js')).toBe(true);
  });

  it.each([
    ['without npm', undefined, '/srv/switchhook/dist/apps/standalone/main.js'],
    [
      'with a script that starts it by another program',
      'sh ops/up.sh',
      '/srv/switchhook/dist/apps/standalone/main.js',
    ],
    ['with a script for another program of ours', START, '/srv/switchhook/dist/apps/ingress/main.js'],
    ['without a program', START, undefined],
  ])('says no %s', (_, script, program) => {
    expect(isScriptOf(script, program)).toBe(false);
  });
});
