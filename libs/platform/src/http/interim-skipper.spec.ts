import fc from 'fast-check';
import { answered, exchanged, local, post, rawServer, senderWith } from './http-sender.fixture.js';
import { InterimSkipper } from './interim-skipper.js';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n';
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** What is left of an answer that comes in pieces. */
function left(answer: string, cuts: readonly number[]): string {
  const skipper = new InterimSkipper();
  skipper.begin();
  const places = [0, ...[...cuts].sort((a, b) => a - b), answer.length];
  const pieces = places.slice(1).map((end, index) => Buffer.from(answer.slice(places[index], end)));
  return pieces.map((piece) => skipper.pass(piece)?.toString() ?? '').join('');
}

describe('interim answers', () => {
  it.each([
    ['none', ANSWER, ANSWER],
    ['a 100 that nobody asked for', CONTINUE + ANSWER, ANSWER],
    ['two of them', CONTINUE + CONTINUE + ANSWER, ANSWER],
    ['hints, and then a 100', HINTS + CONTINUE + ANSWER, ANSWER],
    ['a 100 without its reason', `HTTP/1.1 100\r\n\r\n${ANSWER}`, ANSWER],
    ['an old 100', `HTTP/1.0 100 Continue\r\nx: y\r\n\r\n${ANSWER}`, ANSWER],
    [
      'a change of protocol, which is none',
      'HTTP/1.1 101 Switching\r\n\r\n',
      'HTTP/1.1 101 Switching\r\n\r\n',
    ],
    ['what looks like one in the body', ANSWER + CONTINUE, ANSWER + CONTINUE],
    ['what is no HTTP', 'SSH-2.0-x\r\n\r\n', 'SSH-2.0-x\r\n\r\n'],
  ])('are skipped, in whatever pieces they come: %s', (_, answer, expected) => {
    fc.assert(
      fc.property(fc.array(fc.nat(answer.length)), (cuts) => {
        expect(left(answer, cuts)).toBe(expected);
      }),
    );
  });

  it('of a server that sends 100 Continue unasked cost neither the answer nor the connection', async () => {
    const port = await rawServer(CONTINUE + ANSWER);
    const sent = exchanged(await senderWith().send(post(local(port))));
    expect(sent.exchange).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('are skipped for every request of a connection', async () => {
    const port = await rawServer(CONTINUE + ANSWER, (socket) => {
      socket.on('data', () => socket.write(HINTS + CONTINUE + ANSWER));
    });
    const sender = senderWith();
    for (let turn = 0; turn < 3; turn += 1)
      expect(answered(await sender.send(post(local(port)))).status).toBe(200);
  });
});
