import { describe, expect, it } from 'vitest';
import { codeInPath, tidyCode } from './joinCode';

describe('a link', () => {
  it.each([
    ['/join/purple-otter', 'purple-otter'],
    ['/join/aB3%20x/', 'aB3 x'],
    ['/', null],
    ['/join/', null],
    ['/join/a/b', null],
    ['/join/%E0%A4%A', null],
  ])('%s holds %s', (path, code) => expect(codeInPath(path)).toBe(code));
});

describe('what is typed or pasted', () => {
  it.each([
    ['  Purple Otter ', 'purple-otter'],
    ['purple – otter.', 'purple-otter'],
    ['PURPLE-OTTER', 'purple-otter'],
    ['Amber otter  1234', 'Amber-otter-1234'],
    ['purple_otter', 'purple-otter'],
    ['https://school.example:8080/join/purple-otter?x=1', 'purple-otter'],
    ['Here it is: http://localhost/join/aB3x9 see you', 'aB3x9'],
    ['aB3x9', 'aB3x9'],
    ['   ', null],
    ['-', null],
  ])('%s means %s', (typed, code) => expect(tidyCode(typed)).toBe(code));
});
