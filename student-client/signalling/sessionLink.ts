import { create } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient, type Interceptor } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { type Command, CommandSchema } from '../gen/av1relay/v1/common_pb';
import { SessionControl, type SessionState } from '../gen/av1relay/v1/session_control_pb';
import { RelayClock } from './relayClock';

/** One thing asked of the robot: the oneof of a Command. */
export type Ask = Exclude<Command['what'], { case: undefined }>;

export interface SessionLinkEvents {
  onState(state: SessionState): void;
  onWatch(what: 'lost' | 'ended' | 'expired' | 'notAllowed'): void;
  /** The relay or the robot will not do it; `words` says why. */
  onRefused(sequence: bigint, words: string): void;
}

/** The relay sends a state at least every 5 s; a stream that says nothing for longer hangs on a dead connection. */
const heartbeatMs = 7_000;
const reopenMs = { least: 300, spread: 500 };
/** A browser keeps six connections to a host; the stream and a probe need theirs. */
const sendsAtOnce = 3;

/** SessionControl over gRPC-Web: a state stream that reopens itself, and commands with the relay's time on them. */
export class SessionLink {
  readonly clock = new RelayClock();
  private readonly client;
  private readonly stop = new AbortController();
  private stream = new AbortController();
  private sending = 0;

  constructor(
    token: string,
    private readonly events: SessionLinkEvents,
  ) {
    const authorize: Interceptor = (next) => (request) => {
      request.header.set('Authorization', `Bearer ${token}`);
      return next(request);
    };
    this.client = createClient(SessionControl, createGrpcWebTransport({ baseUrl: window.location.origin, interceptors: [authorize] }));
  }

  open(): void {
    void this.watchForEver();
  }

  /** Starts the stream again at once, whatever it is doing. */
  reopen(): void {
    this.stream.abort();
  }

  close(): void {
    this.stop.abort();
    this.stream.abort();
  }

  /** Whether a command may be sent now; false also until the relay's clock is known. */
  get isReady(): boolean {
    return this.sending < sendsAtOnce && this.clock.at(performance.now()) !== null;
  }

  async send(what: Ask, sequence: bigint): Promise<void> {
    const sentAt = performance.now();
    const issuedAtMs = this.clock.at(sentAt);
    if (issuedAtMs === null) return;
    const command: Command = create(CommandSchema, { sequence, issuedAtMs: BigInt(issuedAtMs), what });
    this.sending += 1;
    try {
      const reply = await this.client.send({ command }, { signal: this.stop.signal, timeoutMs: 2_000 });
      this.clock.onReply(Number(reply.relayNowMs), sentAt, performance.now());
    } catch (error) {
      const { code, rawMessage } = ConnectError.from(error);
      if (code === Code.FailedPrecondition || code === Code.PermissionDenied || code === Code.InvalidArgument) {
        this.events.onRefused(sequence, rawMessage);
      } else if (code === Code.Unauthenticated) this.events.onWatch('expired');
      // Anything else is the network's: the command has expired by now, and a wish that still stands is repeated.
    } finally {
      this.sending -= 1;
    }
  }

  private async watchForEver(): Promise<void> {
    while (!this.stop.signal.aborted) {
      this.stream = new AbortController();
      const ended = await this.watchOnce(this.stream);
      if (ended || this.stop.signal.aborted) return;
      if (!this.stream.signal.aborted) {
        this.events.onWatch('lost');
        await this.pause(reopenMs.least + reopenMs.spread * Math.random());
      }
    }
  }

  /** True when there is nothing more to watch. */
  private async watchOnce(stream: AbortController): Promise<boolean> {
    // Another process may answer now, and this device may have slept: clocks start anew with each stream.
    this.clock.reset();
    let dog: ReturnType<typeof setTimeout> | undefined;
    let isHanging = false;
    const heard = () => {
      clearTimeout(dog);
      dog = setTimeout(() => {
        isHanging = true;
        stream.abort();
      }, heartbeatMs);
    };
    try {
      heard();
      for await (const state of this.client.watch({}, { signal: stream.signal })) {
        heard();
        this.clock.onMessage(Number(state.relayNowMs), performance.now());
        this.events.onState(state);
        if (state.ended) {
          this.events.onWatch('ended');
          return true;
        }
      }
    } catch (error) {
      const { code } = ConnectError.from(error);
      if (code === Code.Unauthenticated || code === Code.PermissionDenied) {
        this.events.onWatch(code === Code.Unauthenticated ? 'expired' : 'notAllowed');
        return true;
      }
    } finally {
      clearTimeout(dog);
    }
    if (isHanging) {
      this.events.onWatch('lost');
    }
    return false;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.stop.signal.addEventListener('abort', done, { once: true });
      this.stream.signal.addEventListener('abort', done, { once: true });
    });
  }
}
