import { Capability, MicrophoneMode, VoiceReach } from '../gen/av1relay/v1/common_pb';
import type { LiveFacts } from '../signalling/liveSession';

/** Who can see and hear the pupil, and how well, in calm words: one of these always stands on the page. */
export function heardWords({ capabilities, connection, session }: LiveFacts, microphone: MicrophoneMode): string {
  const mayTalk = capabilities.has(Capability.SPEAK) || capabilities.has(Capability.WHISPER);
  if (mayTalk && connection.phase === 'flowing') {
    if (microphone === MicrophoneMode.SPEAK) return `Nobody can see you. ${reachWords[session?.robot?.voiceReach ?? 0] ?? reachWords[0]}`;
    if (microphone === MicrophoneMode.WHISPER) return 'Nobody can see you. You whisper: only who sits close to the robot hears you.';
  }
  return 'Nobody can see or hear you.';
}

const reachWords: Record<VoiceReach, string> = {
  [VoiceReach.UNSPECIFIED]: 'Your class hears you.',
  [VoiceReach.CLEAR]: 'Your class hears you clearly.',
  [VoiceReach.QUIET]: 'Your class hears you quietly.',
  [VoiceReach.LOST]: 'Your class may not hear you.',
};
