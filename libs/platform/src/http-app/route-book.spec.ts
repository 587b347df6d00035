import { RouteBook } from './route-book.js';

const book = new RouteBook();
book.add('GET', '/v1/calls');
book.add(['GET', 'HEAD'], '/v1/calls/:id');
book.add('DELETE', '/v1/calls/:id');
book.add('POST', '/v1/calls/:id/recordings/:index/link');

book.add('POST', '/v1/calls/retry');
book.add(['GET', 'HEAD'], '/v1/endpoints/:id/rows/:row');
book.add('POST', '/v1/endpoints/:endpoint/rows/enable');
book.add('PATCH', '/v1/endpoints/:endpoint/rows/:eventId');

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
    // What is written out hides what a parameter would make of it.
    ['/v1/endpoints/7/rows/enable', 'OPTIONS,POST'],
    ['/v1/endpoints/7/rows/8', 'GET,HEAD,OPTIONS,PATCH'],
    ['/v1', ''],
    ['/', ''],
    ['*', ''],
    ['', ''],
  ])('%s: %s', (path, methods) => {
    expect(book.methodsAt(path).join()).toBe(methods);
  });
});
