import { SHOWN, Shown } from '../http/shown.decorator.js';

class OwnPhoneDto {
  @Shown('Id of the connection whose PBX it belongs to.', SHOWN.id)
  connectionId!: string;

  @Shown('What the connection is called.', { type: String })
  connectionName!: string;

  @Shown('As the PBX names it.', { type: String, example: '101' })
  extension!: string;

  @Shown('What the tenant calls it.', SHOWN.textOrNull)
  label!: string | null;

  @Shown('Whether it can be a phone in the browser: `GET /v1/me/phone` says with what.', { type: Boolean })
  hasWebPhone!: boolean;
}

export class OwnPhonesDto {
  @Shown('The one that was given first is first.', { type: [OwnPhoneDto] })
  data!: OwnPhoneDto[];
}
