/**
 * One RTCPeerConnection to the relay: video to us, sound both ways. It starts without a microphone; the track is put
 * in later, which needs no new negotiation. The relay finds us by our connectivity checks (it is ICE-lite), so the
 * offer goes out without waiting for candidates.
 */
export interface PeerEvents {
  onState(state: RTCPeerConnectionState): void;
  onTrack(track: MediaStreamTrack): void;
}

export class Peer {
  private readonly connection: RTCPeerConnection;
  private readonly speech: RTCRtpTransceiver;
  /** What we receive. Its tracks come one by one, so whoever plays it sees them join. */
  readonly stream = new MediaStream();

  constructor(iceServers: readonly RTCIceServer[], events: PeerEvents) {
    this.connection = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    this.connection.ontrack = ({ track, receiver }) => {
      showSoon(receiver, track.kind);
      this.stream.addTrack(track);
      events.onTrack(track);
    };
    this.connection.onconnectionstatechange = () => events.onState(this.connection.connectionState);
    this.connection.addTransceiver('video', { direction: 'recvonly' });
    this.speech = this.connection.addTransceiver('audio', { direction: 'sendrecv' });
  }

  async offer(): Promise<string> {
    await this.connection.setLocalDescription();
    return this.connection.localDescription?.sdp ?? '';
  }

  async accept(answer: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  /** Begins an ICE restart and returns the description whose credentials are new. */
  async offerRestart(): Promise<string> {
    if (this.connection.signalingState === 'have-local-offer') await this.connection.setLocalDescription({ type: 'rollback' });
    this.connection.restartIce();
    return this.offer();
  }

  get lastAnswer(): string {
    return this.connection.remoteDescription?.sdp ?? '';
  }

  get state(): RTCPeerConnectionState {
    return this.connection.connectionState;
  }

  async speakWith(track: MediaStreamTrack | null): Promise<void> {
    await this.speech.sender.replaceTrack(track);
  }

  stats(): Promise<RTCStatsReport> {
    return this.connection.getStats();
  }

  close(): void {
    this.connection.ontrack = null;
    this.connection.onconnectionstatechange = null;
    this.connection.close();
  }
}

/** Asks the browser to show what comes at once rather than smoothly. Each browser knows another of these, or none. */
function showSoon(receiver: RTCRtpReceiver, kind: string): void {
  const hints = receiver as RTCRtpReceiver & { jitterBufferTarget?: number | null; playoutDelayHint?: number | null };
  if (kind !== 'video') return; // the ear notices gaps more than delay: sound keeps its own buffer
  try {
    if ('jitterBufferTarget' in hints) hints.jitterBufferTarget = 0;
    else if ('playoutDelayHint' in hints) (hints as { playoutDelayHint?: number }).playoutDelayHint = 0;
  } catch {} // a hint only
}
