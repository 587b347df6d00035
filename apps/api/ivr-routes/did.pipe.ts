import { AppError } from '#domain';
import type { PipeTransform } from '@nestjs/common';

/** How the route of every number without one of its own is called in a path; a PBX prints no such number. */
export const DEFAULT_ROUTE = 'default';

/** As PBXs print numbers and names of lines. */
const DID = /^[+0-9A-Za-z*#_.@-]{1,64}$/;

/** Reads a number from the path; the default route is the empty text. */
export class DidPipe implements PipeTransform<string> {
  /** @throws AppError `ivr_route.bad_did` */
  transform(text: string): string {
    if (text === DEFAULT_ROUTE) return '';
    if (DID.test(text)) return text;
    const message = 'This is no number as a PBX prints it: write up to 64 digits or letters, or "default".';
    throw new AppError('rejected', 'ivr_route.bad_did', message);
  }
}
