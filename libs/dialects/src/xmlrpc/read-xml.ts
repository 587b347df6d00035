/**
 * A small reader for the XML that XML-RPC needs: elements, text, CDATA, comments, processing instructions; attributes are
 * skipped. It is strict where a half-arrived message could pass for a whole one (every element closed by its own name,
 * one root) and refuses document types, so that nothing in a document can define an entity. A reference to one that is in no
 * table, or to a character that does not exist, stays as it was written: it costs a text a character, and no message its call.
 *
 * Why not fast-xml-parser 5.12 (measured on a CDR of 2.5 KB): it accepts unclosed and crossed elements unless a second pass
 * validates, it leaves `&#1513;` undecoded unless all HTML entities are allowed, and both passes take 137 us where this
 * takes about 20.
 */
import { HTML_ENTITIES } from './html-entities.js';

export interface XmlElement {
  /** Lower case, as stacks differ and the seed itself prints `methodresponse`; without a namespace's prefix. */
  name: string;
  children: readonly XmlElement[];
  /** All character data directly inside, joined. */
  text: string;
}

export type XmlReading = { ok: true; root: XmlElement } | { ok: false; reason: string };

export const MAX_XML_DEPTH = 32;

const REFERENCE = /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z_][\w.-]*));/g;
const NAME = /^[A-Za-z_][\w.:-]*$/;
const BLANK = /^\s*$/;
/** Those of nearly all messages, which need not be looked at. */
const KNOWN_TAGS: ReadonlyMap<string, string> = new Map(
  'methodCall methodName methodResponse params param value struct array data member name string int i4 i8 boolean double'
    .split(' ')
    .map((tag): [string, string] => [tag, tag.toLowerCase()]),
);

const CDATA = '<![CDATA[';
const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;
const EXCLAMATION_MARK = 0x21;
const GREATER_THAN = 0x3e;
const NOT_OPEN = 'The XML closes an element that is not open.';
const TAGS: ReadonlySet<string> = new Set(
  (
    'methodcall methodresponse methodname params param value struct member name array data fault string int i1 i2 i4 i8 ' +
    'short long integer biginteger double float decimal bigdecimal boolean bool datetime.iso8601 datetime base64 nil null'
  ).split(' '),
);
const END_TAG = /<\/([A-Za-z_][\w.:-]*)\s*>/g;
/** An end tag, an empty one that is well formed, or the beginning of another. */
const START_TAG = /<\/?([A-Za-z_][\w.:-]*)(\/>|(?=[\s/>]))/y;

/** Ends the reading from any depth; never leaves this file. */
class Unreadable extends Error {}

export function readXml(text: string): XmlReading {
  const reading = readAs(text, isAlways);
  if (reading.ok) return reading;
  const again = readAs(text, tagsIn(text));
  return again.ok ? again : reading;
}

/** Whether a `<` at a place begins a tag. */
type IsTag = (xml: string, lt: number) => boolean;

const isAlways: IsTag = () => true;

/**
 * What a `<` is in a document that cannot be read otherwise: a tag where it has a name that XML-RPC knows or that is closed
 * somewhere, and a part of a text where it has not (`a < b`, `Dana <sip:100@pbx>`). What is closed still has to be closed in
 * order, so that half a document stays half.
 */
function tagsIn(text: string): IsTag {
  const closed = new Set<string>();
  for (const [, name] of text.matchAll(END_TAG)) closed.add(name ?? '');
  return (xml, lt) => {
    const next = xml.charCodeAt(lt + 1);
    if (next === 33 || next === 63) return true; // ! and ?
    START_TAG.lastIndex = lt;
    const tag = START_TAG.exec(xml);
    if (tag === null) return false;
    const [, name = '', end] = tag;
    return end === '/>' || closed.has(name) || TAGS.has(localName(name));
  };
}

function readAs(text: string, isTag: IsTag): XmlReading {
  try {
    return { ok: true, root: parse(text, isTag) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
}

/** An element without any. Most have none, and an empty list each would be as many objects more. */
const NO_CHILDREN: readonly XmlElement[] = [];

function parse(xml: string, isTag: IsTag): XmlElement {
  /** Stands above the root, so that the root needs no special case. */
  const top: XmlElement = { name: '', children: NO_CHILDREN, text: '' };
  /** The elements that are open around this one, and their names as they were written, for their end tags to match. */
  const outside: XmlElement[] = [];
  const tagsOutside: string[] = [];
  const isPlain = !xml.includes('&') && !xml.includes('\r');
  let inside = top;
  let insideTag = '';
  let at = 0;
  while (at < xml.length) {
    const lt = xml.indexOf('<', at);
    const between = lt === -1 ? xml.slice(at) : xml.slice(at, lt);
    if (between !== '') inside.text += isPlain ? between : decode(between);
    if (lt === -1) break;
    if (!isTag(xml, lt)) {
      inside.text += '<';
      at = lt + 1;
      continue;
    }
    const mark = xml.charCodeAt(lt + 1);
    if (mark === SLASH) {
      at = indexAfterEndTag(xml, lt, insideTag);
      const parent = outside.pop();
      if (parent === undefined) throw new Unreadable(NOT_OPEN);
      inside = parent;
      insideTag = tagsOutside.pop() ?? '';
    } else if (mark === QUESTION_MARK || mark === EXCLAMATION_MARK) {
      at = indexAfterMarkup(xml, lt);
      if (xml.startsWith(CDATA, lt)) inside.text += xml.slice(lt + CDATA.length, at - 3);
    } else {
      at = indexAfterTag(xml, lt);
      const empty = xml.charCodeAt(at - 2) === SLASH; // of <name/>
      const tag = tagName(xml.slice(lt + 1, empty ? at - 2 : at - 1));
      const element = adopted(inside, KNOWN_TAGS.get(tag) ?? localName(tag));
      if (empty) continue;
      outside.push(inside);
      tagsOutside.push(insideTag);
      inside = element;
      insideTag = tag;
      if (outside.length > MAX_XML_DEPTH) {
        throw new Unreadable(`The XML is nested more than ${MAX_XML_DEPTH} levels deep.`);
      }
    }
  }
  if (outside.length > 0) throw new Unreadable('The XML ends before its elements are closed.');
  return onlyRoot(top);
}

function onlyRoot({ children, text }: XmlElement): XmlElement {
  const [root, second] = children;
  if (root === undefined || second !== undefined || !BLANK.test(text)) {
    throw new Unreadable('The XML has not exactly one root element.');
  }
  return root;
}

/** A new element inside another. */
function adopted(parent: XmlElement, name: string): XmlElement {
  const child: XmlElement = { name, children: NO_CHILDREN, text: '' };
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else (parent.children as XmlElement[]).push(child);
  return child;
}

/** @throws Unreadable where another tag is open, or none */
function indexAfterEndTag(xml: string, lt: number, tag: string): number {
  const end = lt + 2 + tag.length;
  if (tag !== '' && xml.charCodeAt(end) === GREATER_THAN && xml.startsWith(tag, lt + 2)) return end + 1;
  const at = indexAfter(xml, '>', lt);
  if (tag === '' || xml.slice(lt + 2, at - 1).trimEnd() !== tag) throw new Unreadable(NOT_OPEN);
  return at;
}

/** What follows a comment, CDATA or a processing instruction. */
function indexAfterMarkup(xml: string, lt: number): number {
  if (xml.charCodeAt(lt + 1) === QUESTION_MARK) return indexAfter(xml, '?>', lt);
  if (xml.startsWith('<!--', lt)) return indexAfter(xml, '-->', lt + 4);
  if (xml.startsWith(CDATA, lt)) return indexAfter(xml, ']]>', lt);
  throw new Unreadable('The XML has a document type, which is not accepted.');
}

function indexAfter(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  if (found === -1) throw new Unreadable('The XML ends in the middle of a tag.');
  return found + mark.length;
}

/** Attribute values may hold `>`. One pass, so that a tag of a megabyte costs no more than its length. */
function indexAfterTag(xml: string, lt: number): number {
  for (let at = lt + 1; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (code === 62) return at + 1; // >
    if (code === 34 || code === 39) at = indexAfter(xml, code === 34 ? '"' : "'", at + 1) - 1;
    if (code === 60) break; // <
  }
  throw new Unreadable('The XML ends in the middle of a tag.');
}

/** The name in front of any attributes. */
function tagName(inside: string): string {
  if (KNOWN_TAGS.has(inside)) return inside;
  const blank = inside.search(/\s/);
  const name = blank === -1 ? inside : inside.slice(0, blank);
  if (!NAME.test(name)) throw new Unreadable('The XML has a tag without a proper name.');
  return name;
}

/** In lower case and without the prefix of a namespace, which stacks choose as they like. */
function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1).toLowerCase();
}

/** Line ends become `\n`, as XML 1.0 (2.11) has it. An ampersand that starts no reference stands for itself. */
function decode(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return lines.includes('&') ? lines.replace(REFERENCE, dereference) : lines;
}

function dereference(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return HTML_ENTITIES.get(name) ?? all;
  const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16);
  const isCharacter = code !== 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : all;
}
