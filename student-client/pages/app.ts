import type { OverReason } from '../signalling/connection';
import { codeInPath } from '../signalling/joinCode';
import { capabilitiesFrom, join, type Seat } from '../signalling/joining';
import { leaveForGood } from '../signalling/leaving';
import { seatKeeper } from '../signalling/seatKeeper';
import { endPage } from './endPage';
import { joinPage } from './joinPage';
import { LivePage } from './livePage';
import { todayPage } from './todayPage';

type Screen = 'join' | 'today' | 'live' | 'end' | 'trouble';

const joinTimeoutMs = 15_000;

/** Which page is shown. One at a time; what a page started ends with it. */
export class App {
  private live: LivePage | null = null;
  private leaving = new AbortController();

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    const code = codeInPath(window.location.pathname);
    const kept = seatKeeper.find(Date.now());
    if (kept && (code === null || code === kept.code)) this.goLive(kept.seat);
    else this.showJoin(code);

    window.addEventListener('pagehide', () => this.live?.close());
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) this.resume(); // out of the browser's memory, where no call survives
    });
  }

  private resume(): void {
    const kept = seatKeeper.find(Date.now());
    if (this.live && kept) this.goLive(kept.seat);
  }

  private showJoin(code: string | null): void {
    const page = joinPage(code, async (words, next) => {
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), joinTimeoutMs);
      const outcome = await join(words, patience.signal);
      clearTimeout(timer);
      if (outcome.kind === 'refused') return outcome.why;
      seatKeeper.keep({ seat: outcome.seat, code: words });
      // The code is used up: it need not stand in the address bar or in the history.
      window.history.replaceState(null, '', '/');
      if (next === 'live') this.goLive(outcome.seat);
      else this.showToday(outcome.seat);
      return null;
    });
    this.show('join', page);
  }

  private showToday(seat: Seat): void {
    const leaving = new AbortController();
    const page = todayPage(seat.today, capabilitiesFrom(seat.capabilities), () => this.goLive(seat), leaving.signal);
    this.show('today', page, leaving);
  }

  private goLive(seat: Seat): void {
    const page = new LivePage(seat, { onOver: (over, reason) => this.showEnd(seat, over, reason) });
    this.show('live', page.element);
    this.live = page;
    page.start();
  }

  private showEnd(seat: Seat, over: OverReason, reason: string): void {
    const isQuietEnd = over === 'left' || over === 'ended';
    const mayComeBack = !isQuietEnd && over !== 'expired';
    if (over === 'left') void leaveForGood(seat); // by their own tap: a page that only closes may come back
    if (!mayComeBack) seatKeeper.forget();
    const toWords = () => {
      seatKeeper.forget();
      this.showJoin(null);
    };
    this.show(
      isQuietEnd ? 'end' : 'trouble',
      endPage(over, reason, () => this.goLive(seat), toWords),
    );
    document.body.dataset.over = over;
  }

  private show(screen: Screen, page: HTMLElement, leaving = new AbortController()): void {
    this.leaving.abort();
    this.leaving = leaving;
    this.live?.close();
    this.live = null;
    delete document.body.dataset.over;
    document.body.dataset.screen = screen;
    this.root.replaceChildren(page);
    page.querySelector<HTMLElement>('#title')?.focus({ preventScroll: true });
  }
}
