// Keeps what a session's page says as it is, without loading the page anew: nothing typed is lost, and nothing that has the focus goes.
"use strict";
{
  const page = document.querySelector("[data-live]");
  const every = 1500;
  const patience = 8000;
  let timer;

  const say = (now) => {
    const headline = page.querySelector("[data-live-text=headline]");
    if (headline.textContent !== now.text.headline) document.querySelector("[data-live-done]").hidden = true; // it tells of before
    for (const place of page.querySelectorAll("[data-live-text]")) {
      const text = now.text[place.dataset.liveText] ?? "";
      if (place.textContent !== text) place.textContent = text;
    }
    for (const place of page.querySelectorAll("[data-live-on]")) place.classList.toggle("on", now.when.includes(place.dataset.liveOn));
    for (const place of page.querySelectorAll("[data-live-when]")) place.hidden = !now.when.includes(place.dataset.liveWhen);
  };

  const look = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const stale = page.querySelector("[data-live-stale]");
    try {
      const answer = await fetch(page.dataset.live, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(patience) });
      if (answer.type === "opaqueredirect") return location.reload(); // signed out, or the link has ended: the page says which
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const now = await answer.json();
      say(now);
      stale.hidden = true;
      if (now.when.includes("over")) return; // nothing comes after it
    } catch {
      stale.hidden = false;
    }
    timer = setTimeout(look, every);
  };

  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, every);
}
