// Runs in the page before its own code: answers WHEP with a real peer connection beside it, so that the page's own
// WebRTC code is used. `__relay` lets a test stop the picture, the sound or everything, and refuse calls.
(() => {
  const plainFetch = window.fetch.bind(window);
  const control = { paints: true, refuse: 0, calls: 0, restarts: 0, resource: null, peer: null };
  window.__relay = control;

  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const paint = canvas.getContext('2d');
  function draw() {
    if (control.paints) {
      const t = performance.now() / 1000;
      paint.fillStyle = '#d9d2c2';
      paint.fillRect(0, 0, 1280, 720);
      paint.fillStyle = '#33584a';
      paint.fillRect(330, 90, 620, 260);
      paint.fillStyle = '#f0efe8';
      paint.font = '56px sans-serif';
      paint.fillText('3 × 7 = 21', 480, 230);
      paint.fillStyle = '#8a6f4e';
      for (let i = 0; i < 5; i++) paint.fillRect(60 + i * 250, 500, 180, 120);
      paint.fillStyle = '#5b7d95';
      paint.beginPath();
      paint.arc(1050 + 40 * Math.sin(t), 330, 60, 0, 7);
      paint.fill();
      paint.fillStyle = '#000';
      paint.fillRect(0, 688, 1280, 32);
      paint.fillStyle = '#fff';
      for (let i = 0; i < 80; i++) if ((Math.floor(t * 30) >> (i % 16)) & 1) paint.fillRect(i * 16, 688, 16, 16);
    }
    setTimeout(draw, 33);
  }

  async function answer(offer) {
    control.peer?.close();
    const peer = new RTCPeerConnection();
    control.peer = peer;
    control.calls += 1;
    const [video] = canvas.captureStream(30).getVideoTracks();
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.01;
    const out = audio.createMediaStreamDestination();
    tone.connect(volume).connect(out);
    tone.start();
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    control.sound = peer.addTrack(out.stream.getAudioTracks()[0], out.stream);
    control.video = peer.addTrack(video, new MediaStream());
    await peer.setLocalDescription();
    await gathered(peer);
    return peer.localDescription.sdp;
  }
  const gathered = (peer) =>
    new Promise((resolve) => {
      if (peer.iceGatheringState === 'complete') return resolve();
      peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
    });

  async function restart(fragment) {
    control.restarts += 1;
    const value = (name) => new RegExp(`a=${name}:(.*)`).exec(fragment)[1].trim();
    const sdp = control.peer.remoteDescription.sdp
      .replace(/a=ice-ufrag:.*/g, `a=ice-ufrag:${value('ice-ufrag')}`)
      .replace(/a=ice-pwd:.*/g, `a=ice-pwd:${value('ice-pwd')}`);
    await control.peer.setRemoteDescription({ type: 'offer', sdp: sdp });
    await control.peer.setLocalDescription();
    await gathered(control.peer);
    const own = control.peer.localDescription.sdp;
    return `${own
      .split('\r\n')
      .filter((line) => /^a=(ice-ufrag|ice-pwd|candidate|mid):|^m=/.test(line))
      .join('\r\n')}\r\n`;
  }

  window.fetch = async (input, init = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url, location.href);
    if (!url.pathname.startsWith('/whep/')) return plainFetch(input, init);
    if (control.isUnreachable) throw new TypeError('unreachable');
    if (control.refuse) return new Response('{}', { status: control.refuse, headers: { 'Content-Type': 'application/problem+json' } });
    if (init.method === 'DELETE') {
      control.resource = null;
      return new Response('', { status: 200 });
    }
    if (init.method === 'PATCH') {
      if (url.pathname !== control.resource) return new Response('{}', { status: 404 });
      return new Response(await restart(init.body), { status: 200, headers: { ETag: '"2"' } });
    }
    const sdp = await answer(init.body);
    control.resource = `/whep/look/${control.calls}`;
    return new Response(sdp, { status: 201, headers: { Location: control.resource, ETag: '"1"', 'Content-Type': 'application/sdp' } });
  };
  draw();
})();
