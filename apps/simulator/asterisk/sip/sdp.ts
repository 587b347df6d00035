/** What two ends of a call say of its sound. */

/** Where an end wants to be heard. */
export interface MediaAddress {
  host: string;
  port: number;
}

/** `sendonly` puts the other end on hold. */
export type MediaWay = 'sendrecv' | 'sendonly';

/** One stream of G.711 to a port that nobody reads. @param here  `127.0.0.1:5080` */
export function writeSdp(here: string, way: MediaWay, version: number): string {
  const host = here.split(':')[0] ?? '';
  return [
    'v=0',
    `o=- 1 ${version} IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    'm=audio 9 RTP/AVP 0',
    'a=rtpmap:0 PCMU/8000',
    `a=${way}`,
    '',
  ].join('\r\n');
}

/** Undefined where it says of no sound. */
export function mediaIn(sdp: string): MediaAddress | undefined {
  const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = /^m=audio (\d+)/m.exec(sdp)?.[1];
  return host === undefined || port === undefined ? undefined : { host, port: Number(port) };
}
