/** Readers for the vendor's nested values. In a form, and sometimes elsewhere, they come as JSON text. */
import type { IvrStep } from '#domain';
import { readJson } from '../content/read-json.js';
import { squeezed } from './fields.js';
import { finiteNumber, text } from '../content/scalars.js';

/** The value, or what its text holds when that is a JSON list or object. */
export function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const reading = readJson(value);
  return reading.ok ? reading.value : value;
}

/** A form repeats its name for a list, each time with the JSON text of one item. */
function itemsOf(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value.map(unfolded) : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null when it is neither a list of layers nor one layer. A layer without an id is kept out; there is nothing to name it by. */
export function readIvrPath(value: unknown): IvrStep[] | null {
  const unpacked = unfolded(value);
  const layers = isObject(unpacked) ? [unpacked] : itemsOf(unpacked);
  if (!Array.isArray(layers) || !layers.every(isObject)) return null;
  const steps = layers.map(readStep);
  if (steps.some((step) => step.layerId === '')) return null;
  return steps.sort((a, b) => a.order - b.order);
}

function readStep(layer: Record<string, unknown>, index: number): IvrStep {
  const field = new Map(Object.entries(layer).map(([name, value]) => [squeezed(name), value]));
  return {
    order: finiteNumber(field.get('dtmforder')) ?? index + 1,
    layerId: text(field.get('layerid')) ?? '',
    layerName: text(field.get('layername')),
    layerNumber: finiteNumber(field.get('layernumber')),
    digits: text(field.get('dtmf')),
  };
}

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
