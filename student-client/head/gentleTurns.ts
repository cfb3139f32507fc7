const key = 'av1relay.turns-gently';

/** Whether the pupil of this device likes the head to turn gently. A device that keeps nothing asks again each time. */
export const gentleTurns = {
  get isLiked(): boolean {
    try {
      return localStorage.getItem(key) === 'yes';
    } catch {
      return false;
    }
  },

  remember(isLiked: boolean): void {
    try {
      if (isLiked) localStorage.setItem(key, 'yes');
      else localStorage.removeItem(key);
    } catch {
      // Private browsing: it holds for this class.
    }
  },
};
