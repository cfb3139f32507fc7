// Reads the clock and pose strip at the foot of the simulated picture, once a displayed frame.
// Layout: hardware/Camera/ClockStrip.cs. Readings go to window.stripReadings, newest last, at most 4,000.
(() => {
  if (window.stripReadings) return;
  const readings = (window.stripReadings = []);
  window.keyPressedAt = undefined;
  const toEpoch = (() => {
    // performance.timeOrigin may be off by a few ms: take the largest Date.now() - performance.now() seen.
    let offset = -Infinity;
    for (let i = 0; i < 20_000; i++) offset = Math.max(offset, Date.now() - performance.now());
    return (t) => t + offset;
  })();
  window.addEventListener("keydown", (e) => { window.keyPressedAt = toEpoch(e.timeStamp); }, { capture: true });

  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });

  const crc8 = (bytes) => {
    let crc = 0;
    for (const b of bytes) {
      crc ^= b;
      for (let i = 0; i < 8; i++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
    }
    return crc;
  };
  const toBytes = (value, count) => {
    const bytes = [];
    for (let i = 0; i < count; i++) { bytes.unshift(Number(value & 0xffn)); value >>= 8n; }
    return bytes;
  };
  const cells = (row, cell, width) => {
    const y = Math.floor((row + 0.5) * cell);
    let bits = 0n;
    const list = [];
    for (let i = 0; i < 80; i++) {
      const x = Math.floor((i + 0.5) * cell);
      list.push(pixels[(y * width + x) * 4 + 1] > 127 ? 1n : 0n);
    }
    return list;
  };
  const take = (list, from, count) => list.slice(from, from + count).reduce((a, b) => (a << 1n) | b, 0n);
  let pixels;
  const clockRound = 2 ** 44 / 10;

  const read = (video, metadata) => {
    const width = metadata.width, height = metadata.height, cell = width / 80;
    const strip = Math.round(2 * cell);
    if (canvas.width !== width || canvas.height !== strip) { canvas.width = width; canvas.height = strip; }
    context.drawImage(video, 0, height - strip, width, strip, 0, 0, width, strip);
    pixels = context.getImageData(0, 0, width, strip).data;
    const a = cells(0, cell, width), b = cells(1, cell, width);
    const sync = 0b1010n;
    const time = take(a, 4, 44);
    if (take(a, 0, 4) !== sync || Number(take(a, 48, 8)) !== crc8(toBytes(time, 6))) return undefined;
    const pose = take(b, 4, 60);
    if (take(b, 0, 4) !== sync || Number(take(b, 64, 8)) !== crc8(toBytes(pose, 8))) return undefined;
    return {
      // 44 bits of tenths of a ms come round every 55.8 years: take the round that is now.
      capturedAt: Number(time) / 10 + Math.round((Date.now() - Number(time) / 10) / clockRound) * clockRound,
      pan: Number(pose >> 44n) / 100 - 180,
      tilt: Number((pose >> 28n) & 0xffffn) / 100 - 90,
      zoom: (Number((pose >> 16n) & 0xfffn) + 1) / 256,
      counter: Number(pose & 0xffffn),
    };
  };

  window.unreadableStrips = 0;
  const onFrame = (video) => (now, metadata) => {
    video.requestVideoFrameCallback(onFrame(video));
    const strip = read(video, metadata);
    if (!strip) { window.unreadableStrips++; return; }
    readings.push({
      ...strip,
      displayedAt: toEpoch(metadata.expectedDisplayTime),
      receivedAt: metadata.receiveTime ? toEpoch(metadata.receiveTime) : 0,
      decodeMs: (metadata.processingDuration ?? 0) * 1000,
      callbackAt: toEpoch(now),
      width: metadata.width,
      height: metadata.height,
      presentedFrames: metadata.presentedFrames,
      keyPressedAt: window.keyPressedAt ?? 0,
    });
    if (readings.length > 4_000) readings.splice(0, 1_000);
  };
  window.watchStrip = () => {
    const video = document.querySelector("video#classroom");
    if (!video || video.dataset.stripWatched) return !!video;
    video.dataset.stripWatched = "yes";
    video.requestVideoFrameCallback(onFrame(video));
    return true;
  };
  // The element may appear late; look for it once a frame until it is there, so that the first frame is timed.
  const look = () => { if (!window.watchStrip()) requestAnimationFrame(look); };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", look); else look();
})();
