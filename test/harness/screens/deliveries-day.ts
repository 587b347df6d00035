import { expect } from '@jest/globals';
import { Crm } from '../crm.js';
import { until } from '../until.js';
import type { Day } from './stage.js';

interface Listed {
  data: { id: string; state: string }[];
}

const CALLER = '0509100001';
/** Of a CRM of this day's own: what is broken is nobody else's. */
let crm: Crm | undefined;
let endpoint = '';
let secret = '';

/** A CRM breaks: seeing which deliveries fail and why, comparing, verifying, and sending again. */
export const deliveriesDay: Day = {
  'finds what was given up among all deliveries by filters that are in the address': async (stage) => {
    const { go, page, tenant, call, ask, seen } = stage;
    const ours = await Crm.open();
    crm = ours;
    // It is tried once, and given up.
    const traits = { name: 'Fragile', url: ours.url(), eventTypes: ['call.ended'], scheduleMs: [0] };
    ({ id: endpoint, secret } = await ask<{ id: string; secret: string }>('POST', '/v1/endpoints', traits));
    await call({ caller: CALLER });
    await given(ask, 'delivered', 1);
    ours.play({ otherwise: 503 });
    await call({ caller: CALLER });
    await given(ask, 'dead', 1);
    await go(`${tenant}/deliveries`);
    await page.getByLabel('Endpoint').selectOption({ label: 'Fragile' });
    await page.getByText('Given up', { exact: true }).first().click();
    await page.getByRole('row').filter({ hasText: '503' }).waitFor();
    expect(page.url()).toContain('state=dead');
    await page.getByLabel('Status').fill('503');
    await page.getByText('cannot be a filter of what is retried in bulk').waitFor();
    await page.getByLabel('Status').fill('');
    await page.getByRole('button', { name: 'Retry all that were given up' }).waitFor();
    seen['deliveries-dead'] = `${tenant}/deliveries?state=dead`;
  },

  'says why one failed and what follows, and compares it with the last that worked': async ({
    page,
    seen,
  }) => {
    await page.getByRole('row').filter({ hasText: '503' }).getByRole('link').first().click();
    await page.getByText('What follows:').waitFor();
    await page.getByText('Nothing: it was given up').waitFor();
    await page.getByLabel('Compare').selectOption({ label: 'This try with the last that worked' });
    await page.getByRole('region', { name: 'Compare' }).getByText('HTTP 503').waitFor();
    seen['delivery-dead'] = page.url();
  },

  'verifies a signature in the page, and knows a wrong secret': async ({ page }) => {
    await page.getByText('Verify the signature').click();
    const field = page.locator('input[type=password]');
    await field.fill('whsec_d3Jvbmc=');
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('The signature is not of this secret').waitFor();
    await field.fill(secret);
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('The signature is right').waitFor();
  },

  'says how many before it retries all that are like one': async ({ page, call, ask, go, tenant }) => {
    await call({ caller: CALLER });
    const [dead] = await given(ask, 'dead', 2);
    crm?.play({ otherwise: 200 });
    await go(`${tenant}/deliveries/${dead?.id ?? ''}`);
    await page.getByRole('button', { name: 'Retry all like this' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 deliveries').waitFor();
    await dialog.getByRole('button', { name: 'Retry all like this' }).click();
    await page.getByRole('heading', { level: 1, name: 'Replay: What was given up' }).waitFor();
    await page.getByText('2 of 2 made').waitFor();
    await given(ask, 'delivered', 3);
    // Other days tell it nothing.
    await ask('PATCH', `/v1/endpoints/${endpoint}`, { eventTypes: ['endpoint.test'] });
    await crm?.stop();
  },
};

function given(
  ask: <T>(method: string, path: string) => Promise<T>,
  state: string,
  count: number,
): Promise<Listed['data']> {
  return until(`${count} to be ${state}`, async () => {
    const { data } = await ask<Listed>('GET', `/v1/deliveries?state=${state}&endpointId=${endpoint}`);
    return data.length >= count ? data : undefined;
  });
}
