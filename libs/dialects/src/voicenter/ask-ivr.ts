/** Asks a server that was written for Voicenter (seed sections 5.1 and 12). */
import type { IvrQuestion } from '#domain';
import type { Reply } from '../dialect.js';
import { BEGINNING } from './ivr-fields.js';
import type { Writable } from '../xmlrpc/write-value.js';
import { writeIvrRequest, type IvrFormat } from './write-ivr-request.js';

const METHODS = { menu: 'GET_IVR_ACTION', layer: 'IVR_LAYER_INPUT' } as const;
const LAYER_ID = /^\d{1,9}$/;

export function askIvr(question: IvrQuestion, format: IvrFormat): Reply {
  const method = METHODS[question.asks];
  const data = question.asks === 'menu' ? menuFields(question) : layerFields(question);
  return writeIvrRequest(method, { ...data, ...besides(question) }, format);
}

/** As it came where it came from this vendor, in whichever spelling that was. */
function besides({ customData, raw }: IvrQuestion): Record<string, Writable> {
  return (raw ?? (customData === undefined ? {} : { CUSTOM_DATA: customData })) as Record<string, Writable>;
}

function menuFields({ did, from, fromName, vendorCallId, digits, menu, previousMenu }: IvrQuestion) {
  return {
    DID: did,
    CALLER_ID: from,
    CALLER_NAME: fromName ?? '',
    IVR_UNIQUE_ID: vendorCallId,
    DTMF: digits ?? '',
    MENU: menu ?? BEGINNING,
    PREVIOUS_MENU: previousMenu ?? BEGINNING,
  };
}

/** The seed knows no name of the caller here, so it is left out when there is none. */
function layerFields({ did, from, fromName, vendorCallId, digits, menu, previousMenu }: IvrQuestion) {
  return {
    DID: did,
    CALLER_ID: from,
    CALLER_NAME: fromName ?? undefined,
    IVR_UNIQUE_ID: vendorCallId,
    DTMF: digits ?? '',
    LAYER_ID: layerId(menu),
    PREVIOUS_LAYER_ID: layerId(previousMenu),
  };
}

/** An integer, says the seed; the vendor's samples have text as well. */
function layerId(menu: string | null): string | number {
  const id = menu ?? BEGINNING;
  return LAYER_ID.test(id) && String(Number(id)) === id ? Number(id) : id;
}
