import type { RecordingAccessDto, RecordingAccessPutDto } from '../api/operations';

/** How recordings are fetched, as the form holds it. */
export interface RecordingsDraft {
  kind: RecordingAccessDto['kind'];
  user: string;
  name: string;
  /** Password, or value of the header or the parameter. Never told, so it begins empty. */
  secret: string;
  /** One a line. */
  hosts: string;
  template: string;
  encoding: RecordingAccessDto['encoding'];
}

export function recordingsDraftOf(access: RecordingAccessDto): RecordingsDraft {
  return {
    kind: access.kind,
    user: access.user ?? '',
    name: access.name ?? '',
    secret: '',
    hosts: access.hosts.join('\n'),
    template: access.template ?? '',
    encoding: access.encoding,
  };
}

/** What is asked of the API: only what belongs to the kind. */
export function recordingsBodyOf(draft: RecordingsDraft): RecordingAccessPutDto {
  const { kind, user, name, secret, template, encoding } = draft;
  const hosts = draft.hosts.split(/[\s,]+/).filter((host) => host !== '');
  return {
    kind,
    encoding,
    template: template.trim() === '' ? null : template.trim(),
    ...(kind === 'none' ? {} : { hosts: hosts.map((host) => host.toLowerCase()) }),
    ...(kind === 'basic' && { user, password: secret }),
    ...((kind === 'header' || kind === 'query') && { name, value: secret }),
  };
}
