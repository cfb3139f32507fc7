// Says how far something long has come, and goes on to it when it is there. Without this script the page's own link does the same.
"use strict";
{
  const pause = 1000;
  const shown = document.querySelector("[data-progress]");
  const look = async () => {
    try {
      const answer = await fetch(shown.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) return location.reload(); // it is gone, and the page says so
      const { done, of, isOver } = await answer.json();
      if (isOver) return location.reload();
      shown.querySelector("progress").value = done;
      shown.querySelector("[data-progress-words]").textContent = shown.dataset.progressWords.replace("{0}", done).replace("{1}", of);
    } catch {
      // The network is away for a moment: look again.
    }
    setTimeout(look, pause);
  };
  if (shown) setTimeout(look, pause);
}
