import { maskTarget, readTarget } from './read-target.js';

describe('readTarget', () => {
  it.each([
    ['/in/t/voipnow/event?kind=0', 'event', 'kind=0'],
    ['/in/t/voipnow/event/?kind=0', 'event', 'kind=0'],
    ['http://x.example/in/t/voipnow/event?kind=0', 'event', 'kind=0'],
    ['/in/t/voipnow/event?kind=0?CallID=1', 'event', 'kind=0?CallID=1'],
    ['/in/t/voipnow/event&kind=0&CallID=1', 'event', 'kind=0&CallID=1'],
    ['/in/t/voipnow/event/&kind=0', 'event', 'kind=0'],
    ['/in/t/voipnow/event&kind=0?CallID=1', 'event', 'kind=0?CallID=1'],
    ['/in/t/voipnow/event&amp;kind=0', 'event', 'amp;kind=0'],
    ['/in/t/voipnow/event;kind=0', 'event', 'kind=0'],
    ['/in/t/voipnow/event%3Fkind=0%26CallID=1', 'event', 'kind=0%26CallID=1'],
    ['/in/t/voipnow/event%3fkind%3D0', 'event', 'kind%3D0'],
    ['/in/t/voipnow/event%26kind=0', 'event', 'kind=0'],
    ['/in/t/voipnow/dial-in', 'dial-in', ''],
    ['/in/t/voipnow/d%69al-in?', 'dial-in', ''],
  ])('finds where the query begins: %s', (url, route, query) => {
    expect(readTarget(url)).toEqual({ address: { token: 't', dialect: 'voipnow', route }, query });
    expect(maskTarget(url)).not.toContain('/t/');
  });

  it.each(['?', '&', '%3F', ';'])('shows no secret behind %s', (mark) => {
    expect(maskTarget(`/in/t/voipnow/event${mark}token=s3cret&a=1`)).toBe(
      `/in/[redacted]/voipnow/event${mark}token=[redacted]&a=1`,
    );
  });
});
