/** What a `KeyedHash` of campaigns' codes is for: whoever keeps one and whoever looks one up take it from here. */
export const CAMPAIGN_CODE_PURPOSE = 'campaign code';
