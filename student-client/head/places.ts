import { Preset } from '../gen/av1relay/v1/common_pb';

/** All there are, in the order in which they are shown. */
export const presets = [Preset.BOARD, Preset.TEACHER, Preset.BUDDY] as const;
export type Place = (typeof presets)[number];

const names: Record<Place, string> = {
  [Preset.BOARD]: 'Board',
  [Preset.TEACHER]: 'Teacher',
  [Preset.BUDDY]: 'Buddy',
};

export function placeName(preset: Place): string {
  return names[preset];
}

/** A tap on a preset looks there, or tells the robot that it is where the head looks now. */
export type PlaceMode = 'looking' | 'showing';

export interface PlaceWords {
  readonly group: string;
  readonly question: string;
  readonly offered: ReadonlySet<Preset>;
  readonly mayForget: boolean;
  /** On the button that goes from one mode to the other. */
  readonly teach: string;
}

/** @param known What somebody has shown the robot in this room. The board is straight ahead until then, so that one can always be looked at. */
export function placeWords(mode: PlaceMode, known: ReadonlySet<Preset>): PlaceWords {
  return mode === 'looking'
    ? { group: 'Look at', question: '', offered: new Set([Preset.BOARD, ...known]), mayForget: false, teach: 'This is …' }
    : {
        group: 'In the middle of the picture is',
        question: 'What is in the middle?',
        offered: new Set(presets),
        mayForget: known.size > 0,
        teach: 'Never mind',
      };
}

/**
 * What to say about places: only when some were lost, since a pupil who has just shown one knows.
 * @param before Null before the robot told any.
 */
export function lostPlacesWords(before: ReadonlySet<Preset> | null, now: ReadonlySet<Preset> | null): string {
  if (!before || !now || [...before].every((preset) => now.has(preset))) return '';
  return 'The robot may stand somewhere else now. Show it again where things are, with “This is …”.';
}
