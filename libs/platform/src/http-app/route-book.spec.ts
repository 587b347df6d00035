import { RouteBook } from './route-book.js';

const book = new RouteBook();
book.add('GET', '/v1/calls');
book.add(['GET', 'HEAD'], '/v1/calls/:id');
book.add('DELETE', '/v1/calls/:id');
book.add('POST', '/v1/calls/:id/recordings/:index/link');

book.add('POST', '/v1/calls/retry');

describe('the methods of a path', () => {
  it.each([
    ['/v1/calls', 'GET,OPTIONS'],
    ['/v1/calls/', 'GET,OPTIONS'],
    ['/v1/calls/7', 'DELETE,GET,HEAD,OPTIONS'],
    ['/v1/calls/a%2fb', 'DELETE,GET,HEAD,OPTIONS'],
    ['/v1/calls/7/recordings/0/link', 'OPTIONS,POST'],
    ['/v1/calls/7/recordings', ''],
    ['/v1/calls//', ''],
    ['/v1/calls/retry', 'OPTIONS,POST'],
    ['/v1', ''],
    ['/', ''],
    ['*', ''],
    ['', ''],
  ])('%s: %s', (path, methods) => {
    expect(book.methodsAt(path).join()).toBe(methods);
  });

  it('are those of the path that is written out, whatever a pattern would make of it', () => {
    expect(book.isMistaken('GET', '/v1/calls/retry')).toBe(true);
    expect(book.isMistaken('POST', '/v1/calls/retry/')).toBe(false);
    expect(book.isMistaken('GET', '/v1/calls/7')).toBe(false);
    expect(book.isMistaken('GET', '/nothing')).toBe(false);
  });
});
