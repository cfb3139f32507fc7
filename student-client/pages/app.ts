import { comeIn, inTime } from '../signalling/comingIn';
import type { OverReason } from '../signalling/connection';
import { codeInPath } from '../signalling/joinCode';
import { type Ahead, join, lookAhead, type Refused, type Seat } from '../signalling/joining';
import { leaveForGood } from '../signalling/leaving';
import { keepBefore } from '../signalling/lookingBack';
import { seatKeeper } from '../signalling/seatKeeper';
import { endPage, notTodayPage } from './endPage';
import { joinPage } from './joinPage';
import { LivePage } from './livePage';
import { TodayPage } from './todayPage';

type Screen = 'join' | 'today' | 'live' | 'end' | 'trouble';

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
    if (!this.live) return;
    const kept = seatKeeper.find(Date.now());
    if (kept) this.goLive(kept.seat);
    else this.showJoin(null);
  }

  private showJoin(code: string | null): void {
    const page = joinPage(code, async (words, next) => {
      let early: Refused | null = null;
      if (next === 'live') {
        const outcome = await inTime((patience) => join(words, patience));
        if (outcome.kind === 'joined') {
          this.takeSeat(outcome.seat, words);
          return null;
        }
        if (outcome.waitMs === null) return outcome;
        early = outcome; // there is something to look at meanwhile
      }
      const look = await inTime((patience) => lookAhead(words, patience));
      if (look.kind === 'refused') return early ?? look;
      const today = this.showToday(look.ahead, words);
      if (early) void today.comeIn();
      return null;
    });
    this.show('join', page);
  }

  private showToday(ahead: Ahead, code: string): TodayPage {
    const leaving = new AbortController();
    const door = {
      comeIn: async (onWaiting: (why: Refused) => void) => {
        const outcome = await comeIn(code, onWaiting, leaving.signal);
        if (outcome?.kind === 'refused') return outcome;
        if (outcome) {
          if (page.before !== null) void keepBefore(outcome.seat, page.before);
          this.takeSeat(outcome.seat, code);
        }
        return null;
      },
      notToday: () => this.showNotToday(code),
      newCode: () => this.showJoin(null),
    };
    const page = new TodayPage(ahead, door, leaving.signal);
    this.show('today', page.element, leaving);
    return page;
  }

  private showNotToday(code: string): void {
    this.show(
      'end',
      notTodayPage(() => this.showJoin(code)),
    );
    document.body.dataset.over = 'notToday';
  }

  private takeSeat(seat: Seat, code: string): void {
    seatKeeper.keep({ seat, code });
    // The code is used up: it need not stand in the address bar or in the history.
    window.history.replaceState(null, '', '/');
    this.goLive(seat);
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
      endPage(seat, over, reason, () => this.goLive(seat), toWords),
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
