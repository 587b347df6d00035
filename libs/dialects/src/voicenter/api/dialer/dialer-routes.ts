import type { ApiRoute } from '../api-route.js';
import { addCallsBulk } from './add-calls-bulk.js';
import {
  clearCampaignCalls,
  configureIvrCampaign,
  getCampaignDetails,
  getCampaignList,
  startCampaign,
  stopCampaign,
  updateCampaignStrategy,
} from './campaign-methods.js';
import { getCampaignPendingCalls } from './get-campaign-pending-calls.js';
import { addCall, removeCall, updateCall } from './lead-methods.js';
import { addMember, getMembersList, removeMember } from './member-methods.js';

/** The vendor's dialer, in the order of the seed's section 6. */
export const DIALER_ROUTES: readonly ApiRoute[] = [
  addCall,
  removeCall,
  getCampaignList,
  getMembersList,
  removeMember,
  addMember,
  stopCampaign,
  startCampaign,
  updateCampaignStrategy,
  clearCampaignCalls,
  addCallsBulk,
  getCampaignPendingCalls,
  updateCall,
  getCampaignDetails,
  configureIvrCampaign,
];
