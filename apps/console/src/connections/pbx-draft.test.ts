import { describe, expect, it } from 'vitest';
import { pbxBodyOf, pbxDraftOf } from './pbx-draft';

const field = (name: string, secret: boolean) => ({
  name,
  secret,
  what: '',
  required: false,
  values: null,
  byDefault: null,
});
const DRIVER = {
  vendor: 'voicenter',
  title: 'Voicenter',
  numbers: 'e164',
  capabilities: [],
  fields: [field('url', false), field('feed', false), field('code', true)],
} as const;

describe('the form of a PBX account', () => {
  it('has the fields that the driver asks for, and never a secret', () => {
    const draft = pbxDraftOf(undefined, DRIVER);
    expect(draft).toMatchObject({ settings: { url: '', feed: '' }, secrets: {}, enabled: true });
  });

  it('leaves out what is empty, so that the usual holds and secrets stay', () => {
    const draft = pbxDraftOf(undefined, DRIVER);
    const body = pbxBodyOf({ ...draft, settings: { url: 'https://pbx', feed: '' }, secrets: { code: '' } });
    expect(body).toMatchObject({ settings: { url: 'https://pbx' }, secrets: {} });
  });

  it('takes a secret away only when it is told to', () => {
    const draft = pbxDraftOf(undefined, DRIVER);
    expect(pbxBodyOf({ ...draft, without: ['code'] }).secrets).toEqual({ code: null });
  });
});
