// Listens to what the page plays, in memory only: for each tone of interest, the largest share of the sound's energy seen.
(tones) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 4096;
  analyser.smoothingTimeConstant = 0;
  const tapped = new Set();
  const bins = new Float32Array(analyser.frequencyBinCount);
  const heard = (window.heardTones = Object.fromEntries(tones.map((t) => [t, 0])));
  const tap = () => {
    for (const element of document.querySelectorAll("video, audio")) {
      for (const track of element.srcObject?.getAudioTracks?.() ?? []) {
        if (tapped.has(track.id) || track.readyState !== "live") continue;
        tapped.add(track.id);
        context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      }
    }
  };
  setInterval(() => {
    tap();
    analyser.getFloatFrequencyData(bins);
    const hertz = context.sampleRate / analyser.fftSize;
    let total = 0;
    const power = (i) => (bins[i] > -100 ? 10 ** (bins[i] / 10) : 0);
    for (let i = 3; i < bins.length; i++) total += power(i);
    if (total < 1e-9) return;
    for (const tone of tones) {
      const middle = Math.round(tone / hertz);
      let at = 0;
      for (let i = middle - 2; i <= middle + 2; i++) at += power(i);
      heard[tone] = Math.max(heard[tone], at / total);
    }
  }, 40);
  return context.resume();
}
