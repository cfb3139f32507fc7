import { Peer } from '../media/peer';
import { countersOf, type MediaCounters } from '../media/receivedMedia';
import { type Connection, type ConnectionEvent, type Effect, initialConnection, reduce } from './connection';
import { answerAfterRestart, fragmentOf } from './sdpFragment';
import * as whep from './whep';

export interface CallEvents {
  onConnection(connection: Connection): void;
  /** There is something (new) to show; the previous stream, if any, has nothing more to give. */
  onMedia(stream: MediaStream): void;
  onCounters(counters: MediaCounters, now: number): void;
  onReopenWatch(): void;
}

const tickMs = 250;
const probeTimeoutMs = 3_000;

/** Carries out what the connection reducer asks for: HTTP, the peer connection, timers. Decides nothing itself. */
export class Call {
  private connection = initialConnection;
  private peer: Peer | null = null;
  private shownPeer: Peer | null = null;
  private resource: string | null = null;
  private iceServers: readonly RTCIceServer[] = [];
  private speech: MediaStreamTrack | null = null;
  private request = new AbortController();
  private readonly probes = new Set<AbortController>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private isCounting = false;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly events: CallEvents,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.tick(), tickMs);
    this.tell({ kind: 'start' });
  }

  tell(event: ConnectionEvent): void {
    const before = this.connection;
    const step = reduce(before, event, performance.now(), Math.random());
    this.connection = step.state;
    for (const effect of step.effects) this.carryOut(effect);
    if (step.state.phase !== before.phase || step.state.over !== before.over) this.events.onConnection(step.state);
  }

  /** The track to send from now on, also after the next call; null for none. */
  speakWith(track: MediaStreamTrack | null): void {
    this.speech = track;
    void this.peer?.speakWith(track).catch(() => undefined);
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'call':
        void this.call(effect.call);
        break;
      case 'restart':
        void this.restart(effect.call);
        break;
      case 'probe':
        void this.probe();
        break;
      case 'stopProbes':
        for (const probe of this.probes) probe.abort();
        this.probes.clear();
        break;
      case 'reopenWatch':
        this.events.onReopenWatch();
        break;
      case 'hangUp':
        this.hangUp();
        break;
    }
  }

  private async call(call: number): Promise<void> {
    const signal = this.nextRequest();
    // What is on the screen stays there until the new connection has something to show.
    if (this.peer !== this.shownPeer) this.peer?.close();
    const peer = new Peer(this.iceServers, {
      onState: (state) => this.onPeerState(peer, call, state),
      onTrack: (track) => this.onTrack(peer, track),
    });
    this.peer = peer;
    this.resource = null;
    try {
      const offer = await peer.offer();
      void peer.speakWith(this.speech).catch(() => undefined);
      const outcome = await whep.offer(this.url, this.token, offer, signal);
      if (outcome.kind === 'created') {
        if (signal.aborted) return whep.hangUp(outcome.resource, this.token);
        this.resource = outcome.resource;
        this.iceServers = outcome.iceServers; // used from the next call on, where the direct way did not work
        await peer.accept(outcome.answer);
        this.tell({ kind: 'answered', call });
      } else if (!signal.aborted) {
        this.tell(outcome.kind === 'refused' ? { ...outcome, kind: 'refused', call } : { kind: 'unreachable', call });
      }
    } catch {
      // An answer this browser cannot take. Calling again may meet another one; the reducer counts.
      if (!signal.aborted) this.tell({ kind: 'refused', call, status: 422, retryAfterMs: null });
    }
  }

  private async restart(call: number): Promise<void> {
    const { peer, resource } = this;
    const signal = this.nextRequest();
    const gone = { kind: 'restartRefused', call, status: 0, retryAfterMs: null } as const;
    if (!peer || !resource) return this.tell(gone);
    try {
      const fragment = fragmentOf(await peer.offerRestart());
      if (!fragment) return this.tell(gone);
      const outcome = await whep.restart(resource, this.token, fragment, signal);
      if (signal.aborted) return;
      if (outcome.kind === 'restarted') {
        const answer = answerAfterRestart(peer.lastAnswer, outcome.fragment);
        if (!answer) return this.tell(gone);
        await peer.accept(answer);
        this.tell({ kind: 'restarted', call });
      } else {
        this.tell(outcome.kind === 'refused' ? { ...outcome, kind: 'restartRefused', call } : { kind: 'unreachable', call });
      }
    } catch {
      if (!signal.aborted) this.tell(gone);
    }
  }

  private async probe(): Promise<void> {
    const probe = new AbortController();
    const timer = setTimeout(() => probe.abort(), probeTimeoutMs);
    this.probes.add(probe);
    let ok = false;
    try {
      ok = (await fetch('/healthz', { cache: 'no-store', signal: probe.signal })).ok;
    } catch {
      // no answer is an answer
    } finally {
      clearTimeout(timer);
    }
    // One that was stopped has nothing to say any more.
    if (this.probes.delete(probe)) this.tell({ kind: 'probed', ok });
  }

  private hangUp(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.request.abort();
    if (this.resource) whep.hangUp(this.resource, this.token);
    this.resource = null;
    this.peer?.close();
    this.shownPeer?.close();
    this.peer = this.shownPeer = null;
  }

  private onPeerState(peer: Peer, call: number, state: RTCPeerConnectionState): void {
    if (peer !== this.peer) return;
    if (state === 'connected' || state === 'disconnected') this.tell({ kind: 'peer', call, state });
    else if (state === 'failed' || state === 'closed') this.tell({ kind: 'peer', call, state: 'failed' });
  }

  private onTrack(peer: Peer, track: MediaStreamTrack): void {
    const show = () => {
      if (peer !== this.peer || peer === this.shownPeer) return;
      this.shownPeer?.close();
      this.shownPeer = peer;
      this.events.onMedia(peer.stream);
    };
    if (this.shownPeer === null) queueMicrotask(show);
    else track.addEventListener('unmute', show, { once: true });
  }

  private async tick(): Promise<void> {
    const call = this.connection.call;
    const { peer } = this;
    if (peer && !this.isCounting) {
      this.isCounting = true; // a busy device may take longer than a tick
      try {
        const counters = countersOf(await peer.stats());
        if (peer === this.peer) {
          this.tell({ kind: 'received', call, total: counters.arrived });
          this.events.onCounters(counters, performance.now());
        }
      } catch {
        // closed meanwhile
      } finally {
        this.isCounting = false;
      }
    }
    this.tell({ kind: 'tick' });
  }

  private nextRequest(): AbortSignal {
    this.request.abort();
    this.request = new AbortController();
    return this.request.signal;
  }
}
