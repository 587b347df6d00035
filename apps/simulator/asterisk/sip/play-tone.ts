/** Sound of a phone that sends some: a tone as G.711 packets. */
import { createSocket } from 'node:dgram';
import type { MediaAddress } from './sdp.js';

const SAMPLES = 160;
const PACKET_MS = 20;
const RATE_HZ = 8_000;
const TONE_HZ = 400;
const LOUDNESS = 8_000;
const BIAS = 132;

/** Plays from now on, a packet every 20 ms. @returns what stops it */
export function playTone({ host, port }: MediaAddress): () => void {
  const socket = createSocket('udp4');
  const payload = tone();
  let sent = 0;
  const timer = setInterval(() => {
    socket.send(packet(payload, sent), port, host);
    sent += 1;
  }, PACKET_MS);
  return () => {
    clearInterval(timer);
    socket.close();
  };
}

function packet(payload: Buffer, index: number): Buffer {
  const head = Buffer.alloc(12);
  // Version 2, payload type 0: PCMU.
  head.writeUInt8(0x80, 0);
  head.writeUInt16BE(index & 0xffff, 2);
  head.writeUInt32BE((index * SAMPLES) >>> 0, 4);
  head.writeUInt32BE(0x5357_4954, 8);
  return Buffer.concat([head, payload]);
}

/** Whole waves, so that one packet goes on where the last one ended. */
function tone(): Buffer {
  const samples = Array.from({ length: SAMPLES }, (_, at) =>
    Math.round(LOUDNESS * Math.sin((2 * Math.PI * TONE_HZ * at) / RATE_HZ)),
  );
  return Buffer.from(samples.map(muLaw));
}

/** ITU-T G.711. */
function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const biased = Math.min(Math.abs(sample), 32_635) + BIAS;
  const exponent = Math.floor(Math.log2(biased)) - 7;
  const mantissa = (biased >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
