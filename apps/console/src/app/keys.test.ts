import { describe, expect, it } from 'vitest';
import { keyActOf, takesLetters } from './keys';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const calm = { isGoing: false, letters: true };

describe('keyActOf', () => {
  it('searches by / and by mod+K, whichever of the two the machine has', () => {
    expect(keyActOf(press('/'), calm)).toEqual({ act: 'search' });
    expect(keyActOf(press('k', { metaKey: true }), calm)).toEqual({ act: 'search' });
    expect(keyActOf(press('K', { ctrlKey: true }), calm)).toEqual({ act: 'search' });
  });
  it('goes to a screen by g and its letter', () => {
    expect(keyActOf(press('g'), calm)).toEqual({ act: 'wait' });
    expect(keyActOf(press('c'), { ...calm, isGoing: true })).toEqual({ act: 'go', key: 'c' });
    expect(keyActOf(press('c'), calm)).toBeNull();
  });
  it('leaves letters alone where they are switched off, but not mod+K', () => {
    const off = { isGoing: false, letters: false };
    expect(keyActOf(press('?'), off)).toBeNull();
    expect(keyActOf(press('g'), off)).toBeNull();
    expect(keyActOf(press('k', { ctrlKey: true }), off)).toEqual({ act: 'search' });
  });
  it('leaves what the browser does with ctrl and alt to the browser', () => {
    expect(keyActOf(press('g', { ctrlKey: true }), calm)).toBeNull();
    expect(keyActOf(press('/', { altKey: true }), calm)).toBeNull();
  });
});

describe('takesLetters', () => {
  it('knows fields, and dialogs that have keys of their own', () => {
    document.body.innerHTML = '<input><div role="dialog"><button></button></div><a href="/"></a>';
    expect(takesLetters(document.querySelector('input'))).toBe(true);
    expect(takesLetters(document.querySelector('button'))).toBe(true);
    expect(takesLetters(document.querySelector('a'))).toBe(false);
    expect(takesLetters(null)).toBe(false);
  });
});
