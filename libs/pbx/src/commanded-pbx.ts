import type { DriverAccount, DriverIo, PbxDriver } from './driver.js';

/** A PBX that can be commanded: its driver, its account with secrets opened, and the world as the driver sees it. */
export interface CommandedPbx {
  driver: PbxDriver;
  account: DriverAccount;
  io: DriverIo;
}

/** As the account was kept: where it does not say how numbers are dialled, the vendor's own way holds. */
export function commandedPbx(
  driver: PbxDriver,
  opened: Pick<DriverAccount, 'settings' | 'secrets' | 'token'>,
  {
    numbers,
    country,
    timeZone,
  }: Pick<DriverAccount, 'country' | 'timeZone'> & { numbers: DriverAccount['numbers'] | null },
  io: DriverIo,
): CommandedPbx {
  return { driver, account: { ...opened, numbers: numbers ?? driver.numbers, country, timeZone }, io };
}
