import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import type { Right } from '#domain';
import { MAY } from '../access/access.guard.js';
import { ImportsController } from './imports.controller.js';
import { LeadImportsController } from './lead-imports.controller.js';

/** The routes of a controller that change something, with the right that each asks for. */
function changing(controller: { prototype: object }): [string, Right][] {
  const ofAll = Reflect.getMetadata(MAY, controller) as Right;
  return Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(
    ([name, { value }]) => {
      const method = Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod | undefined;
      if (method === undefined || method === RequestMethod.GET) return [];
      return [[name, (Reflect.getMetadata(MAY, value as object) as Right | undefined) ?? ofAll]];
    },
  );
}

// Whoever may see may handle too, of the roles that there are: only here does the difference show.
describe.each([ImportsController, LeadImportsController])('%p', (controller) => {
  it('asks for the right to handle wherever it changes something, taking an import back included', () => {
    const routes = changing(controller);
    expect(routes.map(([name]) => name)).toEqual(['upload', 'start', 'cancel', 'undo']);
    expect(routes.every(([, right]) => right === 'handle')).toBe(true);
  });
});
