import type { PbxDriverDto } from '../api/operations';

export type ControlName = 'hang_up' | 'transfer' | 'record';

/** What may be done with a call of a connection while it goes on, by the driver of its PBX. @param vendor  the connection's dialect */
export function controlsOf(drivers: readonly PbxDriverDto[], vendor: string | undefined): ControlName[] {
  const able = drivers.find((driver) => driver.vendor === vendor)?.capabilities ?? [];
  return (['hang_up', 'transfer', 'record'] as const).filter((one) => able.includes(one));
}
