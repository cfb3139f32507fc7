// Draws what the robot says of itself, ten times a second. Holds no state of its own.
'use strict';
const byId = (id) => document.getElementById(id);
const svg = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const ledCount = 12;
const leds = Array.from({ length: ledCount }, (_, led) => {
  const angle = (led / ledCount) * 2 * Math.PI; // 0 is at twelve o'clock, then clockwise
  const place = { cx: 200 + 46 * Math.sin(angle), cy: 322 - 46 * Math.cos(angle) };
  byId('ring').append(svg('circle', { ...place, r: 9, fill: 'var(--card)', stroke: 'var(--edge)', 'stroke-width': 1.5 }));
  const light = svg('circle', { ...place, r: 9, opacity: 0 });
  byId('ring').append(light);
  return light;
});

const mouths = { happy: 'M178 174 q22 18 44 0', neutral: 'M182 177 h36', unsure: 'M182 178 q9 -7 18 0 t18 0', sad: 'M180 182 q20 -13 40 0' };
const lightNames = {
  dark: 'dark', fault: 'fault', privacy: 'curtain or privacy switch', connecting: 'waiting', live: 'live', handRaised: 'hand up',
  needsAMinute: 'needs a minute', passive: 'just listening', unknown: 'not known',
};
const reaches = { clear: '; the class hears it clearly', quiet: '; the class hears it quietly', lost: '; the class may not hear it' };
const lightHints = { dark: '. It is dark where the robot looks.', glare: '. The sun or a lamp shines into the lens.' };
const say = (id, text) => { const element = byId(id); if (element.textContent !== text) element.textContent = text; };
const degrees = (value, more, less) => `${Math.abs(value).toFixed(0)}° ${value > 0.5 ? more : value < -0.5 ? less : ''}`.trim();

function drawHead({ pose, target, range }) {
  // Seen from the class: the robot's left is on our right.
  const turn = (pose.pan / Math.max(range.maxPan, -range.minPan, 1)) * 62;
  const nod = (-pose.tilt / Math.max(range.maxTilt, -range.minTilt, 1)) * 22;
  byId('face').setAttribute('transform', `translate(${turn} ${nod})`);
  byId('head').setAttribute('transform', `rotate(${turn * 0.06} 200 236) translate(0 ${nod * 0.3})`);
  const onMap = (view) => [
    ((view.pan - range.minPan) / (range.maxPan - range.minPan)) * 280,
    ((range.maxTilt - view.tilt) / (range.maxTilt - range.minTilt)) * 34,
  ];
  for (const [id, view] of [['maphead', pose], ['mapgoal', target]]) {
    const [x, y] = onMap(view);
    byId(id).setAttribute('cx', x);
    byId(id).setAttribute('cy', y);
  }
}

function draw(robot) {
  say('name', robot.name);
  document.title = `${robot.name}: ${robot.live ? 'live' : 'not live'}`;
  say('words', robot.lightsWords);
  drawHead(robot);
  robot.lightFrame.forEach(([r, g, b, brightness], led) => {
    leds[led].setAttribute('fill', `rgb(${r} ${g} ${b})`);
    leds[led].setAttribute('opacity', brightness === 0 ? 0 : Math.min(1, 0.3 + brightness / 31));
  });
  byId('mouth').setAttribute('d', mouths[robot.mood] ?? mouths.neutral);
  byId('arm').toggleAttribute('hidden', robot.handRaised);
  byId('armup').toggleAttribute('hidden', !robot.handRaised);
  const sleepy = robot.pose.tilt <= robot.range.minTilt + 2 && !robot.live;
  for (const eye of ['eyel', 'eyer']) byId(eye).setAttribute('ry', sleepy ? 3 : 16);
  for (const [id, on] of [['live', robot.live], ['hand', robot.handRaised], ['passive', robot.passive], ['minute', robot.needsAMinute]]) {
    byId(id).dataset.on = String(on);
  }
  say('lights', lightNames[robot.lights] ?? robot.lights);
  say('session', robot.session ?? 'none');
  say('link', robot.link === 'connected' ? `connected${robot.roundTripMs === null ? '' : `, ${robot.roundTripMs.toFixed(0)} ms there and back`}` : (robot.linkProblem ?? robot.link));
  say('pose', `${degrees(robot.pose.pan, 'to its left', 'to its right')}, ${degrees(robot.pose.tilt, 'up', 'down')}, zoom ${robot.pose.zoom.toFixed(1)}`);
  say('camera', robot.cameraLive ? `open${robot.videoCodec ? `, ${robot.width} × ${robot.height}, ${robot.videoCodec} by ${robot.videoEncoder ?? 'nobody'}, ${robot.encodeMsP50.toFixed(0)} ms from lens to frame` : ''}${lightHints[robot.light] ?? ''}` : 'closed');
  say('size', robot.pictureSize);
  say('board', `${robot.board.cpuPercent.toFixed(0)} % of a core, ${robot.board.residentMiB.toFixed(0)} MiB${robot.board.celsius === null ? '' : `, ${robot.board.celsius.toFixed(0)} °C`}`);
  say('mic', robot.microphoneLive ? 'open' : 'closed');
  const heard = robot.speaker.levelDbfs;
  byId('level').style.transform = `scaleX(${Math.max(0, Math.min(1, (heard + 60) / 60))})`;
  say('voice', robot.microphone === 'off' ? 'off' : `${robot.microphone === 'whisper' ? 'softly' : 'aloud'}: ${heard <= -99 ? 'silence' : `${heard.toFixed(0)} dBFS`}${robot.speaker.toneHz > 0 ? `, a tone of ${robot.speaker.toneHz.toFixed(0)} Hz` : ''}`);
  say('volume', `Volume ${robot.volume} of 7${reaches[robot.voiceReach] ?? ''}`);
  byId('trouble').hidden = robot.faults.length === 0;
  if (byId('faults').dataset.shown !== robot.faults.join('\n')) {
    byId('faults').dataset.shown = robot.faults.join('\n');
    byId('faults').replaceChildren(...robot.faults.map((fault) => Object.assign(document.createElement('li'), { textContent: fault })));
  }
  byId('simulated').hidden = !robot.simulated;
  byId('curtain').setAttribute('aria-pressed', String(robot.curtainDrawn));
  say('curtain', robot.curtainDrawn ? 'Lift the curtain' : 'Draw the curtain');
  byId('privacy').setAttribute('aria-pressed', String(robot.privacySwitchOff));
  say('privacy', robot.privacySwitchOff ? 'Give camera and sound power' : 'Cut power of camera and sound');
}

for (const button of ['curtain', 'privacy', 'softer', 'louder']) byId(button).addEventListener('click', () => fetch(`/${button}`, { method: 'POST' }));

async function poll() {
  try {
    draw(await (await fetch('/state')).json());
  } catch {
    say('words', 'The robot does not answer: its program may have ended.');
  }
  setTimeout(poll, 100);
}
poll();
