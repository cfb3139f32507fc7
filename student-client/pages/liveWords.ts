import { Capability, MicrophoneMode } from '../gen/av1relay/v1/common_pb';
import { LightHint } from '../gen/av1relay/v1/robot_link_pb';
import type { OverReason } from '../signalling/connection';
import type { LiveFacts } from '../signalling/liveSession';

/** The state of things as the page and its tests name it. */
export type LinkQuality = 'connecting' | 'good' | 'stalled' | 'down';

export type Notice =
  | 'none'
  | 'connecting'
  | 'blocked'
  | 'waiting'
  | 'down'
  | 'robotAsleep'
  | 'robotLost'
  | 'robotStarting'
  | 'privacy'
  | 'curtain'
  | 'soundOnly'
  | 'frozen'
  | 'noPicture';

export interface LiveWords {
  readonly link: LinkQuality;
  readonly notice: Notice;
  readonly headline: string;
  readonly detail: string;
  /** Whether the words stand in the middle of the screen, because there is no picture to cover. */
  readonly isCentred: boolean;
  /** Whoever cannot see what the robot sees now must not steer it. */
  readonly isHeadLocked: boolean;
}

const stillIsFrozenMs = 900;
const stillIsSilentMs = 1_000;
/** Lights come before pictures; until then nobody need hear of a camera. */
const cameraStartsWithinMs = 5_000;

/** Why there is little to see, and what helps. Empty when there is enough. */
export function lightWords(hint: LightHint): string {
  if (hint === LightHint.DARK) return 'It is dark where the robot looks.';
  if (hint === LightHint.GLARE) return 'A bright light shines at the robot. Looking another way may help.';
  return '';
}

export function liveWords(facts: LiveFacts, microphone: MicrophoneMode): LiveWords {
  const { connection, capabilities, session } = facts;
  const robot = session?.robot;
  const sees = capabilities.has(Capability.SEE);
  const hears = capabilities.has(Capability.HEAR);
  const hadPicture = facts.pictureStillMs !== null;

  if (connection.phase !== 'flowing' && !connection.everFlowed) {
    if (connection.unheardCalls >= 2) {
      return centred(
        'connecting',
        'blocked',
        'This is taking longer than usual',
        'We keep trying. If it goes on, ask an adult to check the wifi.',
      );
    }
    if (connection.phase === 'lost') return down(hadPicture);
    if (connection.phase === 'waiting') return waiting();
    return centred('connecting', 'connecting', 'Getting your classroom ready', 'This only takes a moment.');
  }
  if (connection.phase === 'waiting') return waiting();
  if (connection.phase !== 'flowing') return down(hadPicture);

  if (session && !session.robotPresent) {
    return facts.robotWasHere
      ? centred('stalled', 'robotLost', 'We lost your robot for a moment', 'We are waiting for it. You don’t need to do anything.')
      : centred('good', 'robotAsleep', 'Your robot is asleep', 'It wakes up when an adult at school switches it on. You can wait here.');
  }
  if (robot?.privacySwitchOff) {
    return centred(
      'good',
      'privacy',
      'Your robot’s eyes and ears are switched off',
      'An adult in the room can switch them on again. You can wait here.',
    );
  }
  if (robot?.curtainDrawn) {
    return centred(
      'good',
      'curtain',
      'Your teacher has drawn the curtain',
      'You are still in class. The picture comes back when it opens.',
    );
  }
  if (session && !session.robotPublishing) {
    return centred('stalled', 'robotStarting', 'Your robot is getting ready', 'The picture will come by itself.');
  }
  const soundFlows = hears && facts.soundStillMs !== null && facts.soundStillMs < stillIsSilentMs;
  if (!sees) {
    return { ...banner('good', 'noPicture', hears ? 'Today is for listening' : 'Today is for being there', ''), isCentred: true };
  }
  if (robot && !robot.cameraLive && (hadPicture || facts.flowingForMs > cameraStartsWithinMs)) {
    return {
      ...banner('good', 'noPicture', 'Your robot’s camera is resting', soundFlows ? 'You can still hear your class.' : ''),
      isCentred: true,
    };
  }
  if (!hadPicture) return centred('connecting', 'connecting', 'Getting your classroom ready', 'This only takes a moment.');
  if ((facts.pictureStillMs ?? 0) > stillIsFrozenMs) {
    if (!soundFlows) return banner('stalled', 'frozen', 'The picture has stopped for a moment', 'It will come back by itself.');
    const isHeard = microphone === MicrophoneMode.SPEAK || microphone === MicrophoneMode.WHISPER;
    return banner(
      'stalled',
      'soundOnly',
      'Sound only for a moment',
      isHeard ? 'Your class still hears you.' : 'You can still hear your class.',
    );
  }
  return { link: 'good', notice: 'none', headline: '', detail: '', isCentred: false, isHeadLocked: false };
}

function down(hadPicture: boolean): LiveWords {
  const words = ['The internet went away for a moment', 'We keep trying. You don’t need to do anything.'] as const;
  return hadPicture ? banner('down', 'down', ...words) : centred('down', 'down', ...words);
}

function waiting(): LiveWords {
  return centred('down', 'waiting', 'Many people are joining just now', 'You are next in a moment. You don’t need to do anything.');
}

function centred(link: LinkQuality, notice: Notice, headline: string, detail: string): LiveWords {
  return { link, notice, headline, detail, isCentred: true, isHeadLocked: true };
}

function banner(link: LinkQuality, notice: Notice, headline: string, detail: string): LiveWords {
  return { link, notice, headline, detail, isCentred: false, isHeadLocked: true };
}

/** What to say when class is over, or when there is no way in. */
export function overWords(over: OverReason, reason: string): { readonly headline: string; readonly detail: string } {
  switch (over) {
    case 'left':
      return { headline: 'Well done', detail: 'You came, and that counts. You can close this page now.' };
    case 'ended':
      return {
        headline: 'Well done',
        detail: reason ? `Class is over: ${reason}` : 'Class is over for today. You can close this page now.',
      };
    case 'expired':
      return {
        headline: 'This visit is over',
        detail: 'Its time has passed. Ask your key adult for a new link or code when you want to come again.',
      };
    case 'notAllowed':
      return {
        headline: 'It isn’t time for your class yet',
        detail: 'Try again in a little while. If you are not sure when it starts, ask your key adult.',
      };
    case 'gone':
      return {
        headline: 'We can’t find your class just now',
        detail: 'Try again in a moment. If it goes on, ask your key adult for a new link or code.',
      };
    case 'elsewhere':
      return {
        headline: 'Somebody is in your seat already',
        detail: 'Perhaps you are still in class on another device. Close it there, then try again here.',
      };
    case 'cannotPlay':
      return { headline: 'This device can’t show your class', detail: 'Try another browser or another tablet. An adult can help you.' };
    case 'broken':
      return { headline: 'Something isn’t working on our side', detail: 'It is not your fault. Try again, or tell your key adult.' };
  }
}
