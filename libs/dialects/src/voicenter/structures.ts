/** Readers for the vendor's nested values. In a form, and sometimes elsewhere, they come as JSON text. */
import type { IvrStep } from '#domain';
import { readJson } from '../content/read-json.js';
import { FieldReader } from '../content/field-reader.js';
import { sortFields, spellingsOf } from '../content/known-fields.js';

/** The value, or what its text holds when that is a JSON list or object. */
export function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const reading = readJson(value);
  return reading.ok ? reading.value : value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The steps that can be read, and whether that is all that was told. */
export interface IvrPathReading {
  steps: IvrStep[];
  whole: boolean;
}

/**
 * Null when it is neither a list of layers nor one layer. A layer without an id is left out; there is nothing to name it by.
 */
export function readIvrPath(value: unknown): IvrPathReading | null {
  const unpacked = unfolded(value);
  const layers = isObject(unpacked) ? [unpacked] : itemsOf(unpacked);
  if (layers === undefined) return null;
  const readings = layers.map((layer, index) => (isObject(layer) ? readStep(layer, index) : null));
  const steps = readings.flatMap((reading) =>
    reading === null || reading.step.layerId === '' ? [] : [reading.step],
  );
  const whole = steps.length === layers.length && readings.every((reading) => reading?.whole === true);
  return { steps: steps.sort((a, b) => a.order - b.order), whole };
}

/** A form repeats its name for a list, each time with the JSON text of one item. */
function itemsOf(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value.map(unfolded) : undefined;
}

function readStep(layer: Record<string, unknown>, index: number): { step: IvrStep; whole: boolean } {
  const read = new FieldReader(sortFields(Object.entries(layer), STEP_SPELLINGS));
  const step = {
    order: read.whole('order') ?? index + 1,
    layerId: read.key('layerId') ?? '',
    layerName: read.text('layerName'),
    layerNumber: read.whole('layerNumber'),
    digits: read.key('digits'),
  };
  return { step, whole: read.notes().unreadableFields === undefined };
}

const STEP_SPELLINGS = spellingsOf({
  order: ['dtmforder'],
  layerId: ['layerid'],
  layerName: ['layername'],
  layerNumber: ['layernumber'],
  digits: ['dtmf'],
});

/**
 * Null when it is not a set of named values. The seed calls it an array (12.1, "empty array in case no custom data") and
 * prints an object: a list of objects is read too, unless two of them use one name and a value would be lost.
 */
export function readCustomData(value: unknown): Record<string, unknown> | null {
  const unpacked = unfolded(value);
  const parts: unknown[] = itemsOf(unpacked) ?? [unpacked];
  if (!parts.every(isObject)) return null;
  const members = parts.flatMap((part) => Object.entries(part));
  return new Set(members.map(([name]) => name)).size === members.length ? Object.fromEntries(members) : null;
}
