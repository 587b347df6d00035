import { ApiExtension, getSchemaPath } from '@nestjs/swagger';
import { CALLBACKS_MEMBER } from '../docs/callbacks-member.js';
import { SourceAnswerDto, SourceQuestionDto } from './source-protocol.dto.js';

const JSON_OF = (type: typeof SourceAnswerDto | typeof SourceQuestionDto) => ({
  'application/json': { schema: { $ref: getSchemaPath(type) } },
});

/** What we ask of the server that a source of contacts is, as an OpenAPI callback. */
export function ContactLookupCallback(): MethodDecorator {
  return ApiExtension(CALLBACKS_MEMBER, {
    contactLookup: {
      '{$request.body#/url}': {
        post: {
          tags: ['Contacts'],
          operationId: 'contactSources.lookup',
          summary: 'Who has this number?',
          requestBody: { required: true, content: JSON_OF(SourceQuestionDto) },
          responses: {
            200: { description: 'Those who have it.', content: JSON_OF(SourceAnswerDto) },
            404: { description: 'Nobody has it.' },
          },
        },
      },
    },
  });
}
