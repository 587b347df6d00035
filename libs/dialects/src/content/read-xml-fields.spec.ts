import { readXmlFields } from './read-xml-fields.js';

describe('readXmlFields', () => {
  it('takes one child of the root for one field, whatever the root is called', () => {
    const xml =
      '<?xml version="1.0"?>\n<x a="b">\n <A> 1 </A><b/><c><![CDATA[<]]>&amp;&#1513;</c><a>2</a>\n</x>';
    expect(readXmlFields(xml)).toEqual({
      ok: true,
      fields: [
        ['a', ' 1 '],
        ['b', ''],
        ['c', '<&ש'],
        ['a', '2'],
      ],
    });
  });

  it('keeps what is in a field that holds elements', () => {
    expect(readXmlFields('<a><b>1</b><c><d>2</d><d>3</d>x</c></a>')).toEqual({
      ok: true,
      fields: [
        ['b', '1'],
        ['c', { d: ['2', '3'], '': 'x' }],
      ],
    });
  });

  it.each([
    ['a deeper document', '<a><b><c>1</c></b></a>', 'one element for each field'],
    ['text between the fields', '<a><b>1</b>x</a>', 'one element for each field'],
    ['an open element', '<a><b>1</b>', 'before its elements are closed'],
    ['a document type', '<!DOCTYPE a><a><b>1</b></a>', 'document type'],
    ['two roots', '<a/><b/>', 'exactly one root'],
  ])('gives a reason for %s', (_what, xml, reason) => {
    expect(readXmlFields(xml)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
  });
});
