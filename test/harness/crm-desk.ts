import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { TenantId } from '#domain';
import { openApi, type ApiClient, type TestApi } from './api.js';
import { Crm } from './crm.js';
import { ForwarderRig } from './forwarder-rig.js';
import { makeEndpoint, type EndpointTraits, type TestEndpoint } from './tenant.js';
// For its deadlines: on a busy machine a first start alone takes longer than Jest's own.
import './until.js';

/** The API and a forwarder's drain, with a tenant and a CRM of each test's own. What it has is there while a test runs. */
export class CrmDesk {
  api!: TestApi;
  rig!: ForwarderRig;
  crm!: Crm;
  tenantId!: TenantId;
  client!: ApiClient;

  /**
   * Opens it before each test of the `describe` that this is called in, and closes it after.
   * @param settings  of the API
   */
  static open(settings: Record<string, string> = {}): CrmDesk {
    const desk = new CrmDesk();
    beforeAll(async () => {
      desk.api = await openApi(settings);
    });
    afterAll(() => desk.api.close());
    beforeEach(async () => {
      desk.rig = new ForwarderRig(desk.api.world);
      desk.crm = await Crm.open();
      ({ id: desk.tenantId, client: desk.client } = await desk.api.tenant());
    });
    afterEach(async () => {
      desk.rig.close();
      await desk.crm.stop();
    });
    return desk;
  }

  /** One of the tenant's, told at the CRM. */
  endpointAt(traits: Partial<EndpointTraits> = {}): Promise<TestEndpoint> {
    return makeEndpoint(this.api.sql, this.tenantId, { url: this.crm.url(), ...traits });
  }
}
