import type { WebPhoneDto, WebPhonePutDto } from '../api/operations';

export interface PhonesDraft {
  wsUrl: string;
  domain: string;
  idHeader: string;
  /** One a line. */
  iceUrls: string;
  /** Empty: as it is. */
  turnSecret: string;
}

export const USUAL_ID_HEADER = 'X-IVR-UNIQUE-ID';

export function phonesDraftOf(known: WebPhoneDto | null): PhonesDraft {
  const { wsUrl = '', domain = '', idHeader = USUAL_ID_HEADER, iceUrls = [] } = known ?? {};
  return { wsUrl, domain, idHeader, iceUrls: iceUrls.join('\n'), turnSecret: '' };
}

/** A secret that nobody entered stays what it is. */
export function phonesBodyOf({ wsUrl, domain, idHeader, iceUrls, turnSecret }: PhonesDraft): WebPhonePutDto {
  return {
    wsUrl: wsUrl.trim(),
    domain: domain.trim(),
    ...(idHeader.trim() !== '' && { idHeader: idHeader.trim() }),
    iceUrls: iceUrls.split(/\s+/).filter((url) => url !== ''),
    ...(turnSecret !== '' && { turnSecret }),
  };
}
