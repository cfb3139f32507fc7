import { describe, expect, it } from 'vitest';
import { Preset } from '../gen/av1relay/v1/common_pb';
import { lostPlacesWords, placeWords } from './places';

const { BOARD, TEACHER, BUDDY } = Preset;
const known = (...presets: Preset[]) => new Set(presets);

describe('places in a room', () => {
  it('offers the board before anybody has shown anything, and nobody else', () => {
    expect(placeWords('looking', known()).offered).toEqual(known(BOARD));
  });

  it('offers what was shown', () => {
    expect(placeWords('looking', known(BUDDY)).offered).toEqual(known(BOARD, BUDDY));
  });

  it('offers everything to be shown, and asks what it is', () => {
    const words = placeWords('showing', known());
    expect(words.offered).toEqual(known(BOARD, TEACHER, BUDDY));
    expect(words.question).not.toBe('');
  });

  it('offers to forget where there is something to forget, and not by the way', () => {
    expect(placeWords('showing', known()).mayForget).toBe(false);
    expect(placeWords('showing', known(BOARD)).mayForget).toBe(true);
    expect(placeWords('looking', known(BOARD)).mayForget).toBe(false);
  });

  it('says when places were lost, and nothing when one came or none was known yet', () => {
    expect(lostPlacesWords(known(BOARD, BUDDY), known())).toContain('somewhere else');
    expect(lostPlacesWords(known(BOARD), known(BOARD, BUDDY))).toBe('');
    expect(lostPlacesWords(null, known(BOARD))).toBe('');
    expect(lostPlacesWords(known(BOARD), null)).toBe('');
  });
});
