/**
 * The values of XML-RPC as JSON has them, so that whatever is not understood can be kept as it came.
 *
 * `i8` and the other integers are numbers while a number can hold them, else their digits as text; `dateTime.iso8601` is its
 * text, for it names no zone; `base64` is the text it encodes, or its own text where that is not UTF-8.
 */
export type XmlRpcValue = string | number | boolean | null | XmlRpcValue[] | XmlRpcStruct;
export interface XmlRpcStruct {
  [name: string]: XmlRpcValue;
}
