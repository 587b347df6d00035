import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { TenantId } from '#domain';
import { Crm } from './crm.js';
import { ForwarderRig } from './forwarder-rig.js';
import { makeEndpoint, makeTenant, type EndpointTraits, type TestEndpoint } from './tenant.js';
import { openWorld, type World } from './world.js';
// For its deadlines: on a busy machine a first start alone takes longer than Jest's own.
import './until.js';

/** The forwarder's drain, with a tenant and a CRM of each test's own. What it has is there while a test runs. */
export class DrainDesk {
  world!: World;
  rig!: ForwarderRig;
  crm!: Crm;
  tenantId!: TenantId;

  /** Opens it before each test of the `describe` that this is called in, and closes it after. */
  static open(): DrainDesk {
    const desk = new DrainDesk();
    beforeAll(async () => {
      desk.world = await openWorld();
    });
    afterAll(() => desk.world.close());
    beforeEach(async () => {
      desk.rig = new ForwarderRig(desk.world);
      desk.crm = await Crm.open();
      desk.tenantId = await makeTenant(desk.world.sql);
    });
    afterEach(async () => {
      desk.rig.close();
      await desk.crm.stop();
    });
    return desk;
  }

  /** One of the tenant's, told at the CRM. */
  endpointAt(traits: Partial<EndpointTraits> = {}): Promise<TestEndpoint> {
    return makeEndpoint(this.world.sql, this.tenantId, { url: this.crm.url(), ...traits });
  }

  /** Of all that it was owed, in order. */
  async states(endpoint: TestEndpoint): Promise<string[]> {
    return (await this.rig.deliveries(endpoint)).map(({ state }) => state);
  }

  stateOf({ id }: TestEndpoint): Promise<unknown> {
    return this.world.sql.row(`SELECT state, state_reason AS reason FROM endpoint WHERE id = $1`, [id]);
  }
}
