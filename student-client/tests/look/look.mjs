// Shows every screen of the page in headless Chromium, checks what can be checked there, and takes pictures into
// artifacts/student-client at the top of the tree. `npm run build` first. `npm run look -- --no-pictures` only checks.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { everything, startFakeRelay } from './fakeRelay.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, '../../../artifacts/student-client');
const takesPictures = !process.argv.includes('--no-pictures');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const inPageRelay = await readFile(join(here, 'inPageRelay.js'), 'utf8');
const sizes = { landscape: [1280, 800], portrait: [800, 1280], desktop: [1600, 900], phone: [390, 780], side: [844, 390] };

await mkdir(pictures, { recursive: true });
const profile = await mkdtemp(join(tmpdir(), 'look-'));
const relay = await startFakeRelay();
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  userDataDir: profile,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-device-for-media-stream',
  ],
});

let passed = 0;
const failures = [];
async function scene(name, run, { microphone = true, beforeLoad } = {}) {
  if (only && !name.includes(only)) return;
  relay.reset();
  const context = await browser.createBrowserContext();
  await context.overridePermissions(relay.url, microphone ? ['microphone'] : []);
  const page = await context.newPage();
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
  page.on('console', (line) => /Content Security Policy|Uncaught/.test(line.text()) && troubles.push(line.text()));
  page.on(
    'request',
    (request) => /^https?:/.test(request.url()) && !request.url().startsWith(relay.url) && troubles.push(`third party: ${request.url()}`),
  );
  await page.evaluateOnNewDocument(inPageRelay);
  if (beforeLoad) await page.evaluateOnNewDocument(beforeLoad);
  await page.setViewport({ width: 1280, height: 800, hasTouch: true });
  try {
    await run(page);
    assert.deepEqual(troubles, []);
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}: ${error.message}`);
    await page.screenshot({ path: join(pictures, `failed-${name.replaceAll(' ', '-')}.png`) }).catch(() => undefined);
  } finally {
    await context.close();
  }
}

const shows = (page, body, timeout = 8_000) =>
  page.waitForFunction(
    (wanted) => Object.entries(wanted).every(([key, value]) => document.body.dataset[key] === value),
    { timeout, polling: 50 },
    body,
  );
const click = async (page, action) => {
  await page.waitForSelector(`[data-action="${action}"]`, { visible: true, timeout: 5_000 });
  await page.click(`[data-action="${action}"]`);
};
const pressed = (page, action, value) => page.waitForSelector(`[data-action="${action}"][aria-pressed="${value}"]`, { timeout: 5_000 });
const text = (page, selector) => page.$eval(selector, (element) => element.textContent);

async function look(page, name, which = ['landscape', 'portrait']) {
  for (const size of which) {
    const [width, height] = sizes[size];
    await page.setViewport({ width, height, hasTouch: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (takesPictures) await page.screenshot({ path: join(pictures, `${name}-${size}.png`) });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${width}`);
    const small = await page.$$eval('button, input, summary', (all) =>
      all
        .filter((element) => element.checkVisibility())
        .map((element) => [element.dataset.action, element.getBoundingClientRect()])
        .filter(([, box]) => box.width < 47.9 || box.height < 47.9)
        .map(([action, box]) => `${action} ${box.width}×${box.height}`),
    );
    assert.deepEqual(small, [], `${name}: targets under 48 px at ${width}`);
    const outside = await page.$$eval('.live button', (all) =>
      all
        .filter((element) => element.checkVisibility())
        .map((element) => [element.dataset.action, element.getBoundingClientRect()])
        .filter(([, box]) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight)
        .map(([action]) => action),
    );
    assert.deepEqual(outside, [], `${name}: out of sight at ${width}`);
  }
  await page.setViewport({ width: 1280, height: 800, hasTouch: true });
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  assert.deepEqual(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
    [],
    `${name}: axe`,
  );
}

async function goLive(page) {
  await page.goto(`${relay.url}/join/purple-otter`);
  await shows(page, { screen: 'join' });
  await click(page, 'join');
  await shows(page, { screen: 'live', link: 'good', notice: 'none' });
}

await scene('join by link', async (page) => {
  await page.goto(`${relay.url}/join/purple-otter`);
  await shows(page, { screen: 'join' });
  await look(page, 'join-link', ['landscape', 'portrait', 'phone']);
});

await scene('join by words, wrong ones first', async (page) => {
  await page.goto(relay.url);
  await shows(page, { screen: 'join' });
  await click(page, 'join');
  await page.waitForSelector('[data-problem="empty"]');
  await page.type('#words', 'Purple Badger');
  await click(page, 'join');
  await page.waitForSelector('[data-problem="unknown"]');
  await look(page, 'join-unknown');
  for (const [words, problem] of [
    ['old owl', 'stale'],
    ['busy bee', 'tooMany'],
  ]) {
    await page.$eval('#words', (input) => (input.value = ''));
    await page.type('#words', words);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`[data-problem="${problem}"]`);
  }
  await page.$eval('#words', (input) => (input.value = ''));
  await page.type('#words', ' PURPLE  otter ');
  await click(page, 'join');
  await shows(page, { screen: 'live' });
  assert.equal(await page.evaluate(() => location.pathname), '/');
});

await scene('today and the sound check', async (page) => {
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await shows(page, { screen: 'today' });
  assert.equal(await page.evaluate(() => window.__relay.calls), 0, 'nothing is live yet');
  await look(page, 'today', ['landscape', 'portrait', 'phone']);
  await click(page, 'sound-check');
  await click(page, 'chime');
  await click(page, 'try-microphone');
  await page.waitForSelector('[data-loudness="clear"], [data-loudness="quiet"], [data-loudness="lost"]');
  await look(page, 'today-sound');
  assert.equal(await text(page, '[data-action="try-microphone"]'), 'Try again');
  await click(page, 'try-microphone'); // another microphone, say
  await page.waitForFunction(() => document.querySelector('.result').textContent !== 'Say something, for example your favourite food.');
  await click(page, 'join');
  await shows(page, { screen: 'live', link: 'good' });
});

const notBegun = { title: 'This session begins at 10:05.', detail: 'You can wait here, or come back then.', wait: 1 };

await scene('before the lesson: a look, and waiting', async (page) => {
  Object.assign(relay, { tooEarly: notBegun, beginsAt: '10:05' });
  relay.today = { step: 'Watch a lesson from home', whoIsThere: 'Ms Khan and the class', lesson: 'Maths' };
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await shows(page, { screen: 'today' });
  assert.equal(await text(page, '[data-part="begins"]'), 'It begins at 10:05.');
  assert.equal(relay.joinsTried, 0, 'a look comes in to nothing');
  await look(page, 'today-before', ['landscape', 'portrait', 'phone']);
  await click(page, 'join');
  await page.waitForSelector('[data-waiting]');
  assert.match(await text(page, '.problem'), /begins at 10:05.*by itself/);
  await look(page, 'today-waiting', ['landscape', 'portrait', 'phone']);
  Object.assign(relay.tooEarly, { title: 'Your robot isn’t ready yet.', detail: 'Wait a moment.' });
  await page.waitForFunction(() => document.querySelector('.problem').textContent.startsWith('Your robot isn’t ready yet.'), {
    timeout: 8_000,
  });
  relay.tooEarly = null;
  await shows(page, { screen: 'live', link: 'good' }, 12_000);
  assert.equal(await page.evaluate(() => location.pathname), '/');
});

await scene('join before the lesson waits at once', async (page) => {
  relay.tooEarly = { ...notBegun };
  await page.goto(relay.url);
  await page.type('#words', 'purple otter');
  await click(page, 'join');
  await shows(page, { screen: 'today' });
  await page.waitForSelector('[data-waiting]');
  relay.codes['purple-otter'] = 410; // its time is over
  await page.waitForSelector('[data-problem="stale"]', { timeout: 8_000 });
  assert.equal(await page.$('[data-waiting]'), null);
  await look(page, 'today-stale', ['landscape', 'phone']);
  await click(page, 'new-code');
  await shows(page, { screen: 'join' });
});

await scene('what waiting does not mend is told in its own words', async (page) => {
  relay.tooEarly = { title: 'This session isn’t going ahead. That is nobody’s fault.', detail: 'Look at your day for the next one.' };
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'join');
  await page.waitForSelector('[data-problem="notNow"]');
  assert.match(await text(page, '.problem'), /nobody’s fault/);
  await shows(page, { screen: 'join' });
});

await scene('not today', async (page) => {
  relay.tooEarly = { ...notBegun };
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await click(page, 'join');
  await page.waitForSelector('[data-waiting]');
  await click(page, 'not-today');
  await shows(page, { screen: 'end', over: 'notToday' });
  const { joinsTried } = relay;
  relay.tooEarly = null;
  await look(page, 'not-today', ['landscape', 'portrait', 'phone']);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  assert.deepEqual([relay.joinsTried, relay.left], [joinsTried, 0], 'nothing was begun, so nothing is told');
  await click(page, 'again');
  await shows(page, { screen: 'join' });
  await click(page, 'join');
  await shows(page, { screen: 'live', link: 'good' });
});

await scene('today without anything granted', async (page) => {
  relay.capabilities = [];
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await page.waitForSelector('[data-part="can"]');
  assert.match(await text(page, '[data-part="can"]'), /for being there/);
  assert.equal(await page.$('.can'), null, 'no empty list');
  await look(page, 'today-nothing', ['landscape']);
});

await scene('out of the browser’s memory with no seat kept', async (page) => {
  await goLive(page);
  await page.evaluate(() => {
    sessionStorage.clear();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await shows(page, { screen: 'join' });
});

await scene('today with little granted', async (page) => {
  relay.capabilities = ['see', 'hear'];
  relay.today = { step: 'Watch a lesson from home', whoIsThere: 'Ms Khan and the class', lesson: 'Maths' };
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await shows(page, { screen: 'today' });
  assert.equal(await page.$eval('[data-part="step"]', (step) => step.textContent), 'Watch a lesson from home');
  await look(page, 'today-little', ['landscape', 'portrait', 'phone']);
  await click(page, 'join');
  await shows(page, { screen: 'live', link: 'good' });
  const actions = await page.$$eval('.live button', (all) =>
    all.filter((element) => element.checkVisibility()).map((element) => element.dataset.action),
  );
  assert.deepEqual(actions, ['leave']);
  await look(page, 'live-little');
});

await scene('live', async (page) => {
  const began = Date.now();
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'join');
  await page.waitForSelector('#classroom[data-frames]:not([data-frames="0"])');
  console.log(`     first frame ${Date.now() - began} ms after the link was opened`);
  await shows(page, { screen: 'live', link: 'good', notice: 'none' });
  await look(page, 'live', Object.keys(sizes));
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await look(page, 'live-dark', ['landscape']);
});

await scene('buttons tell the robot, and show what it shows', async (page) => {
  await goLive(page);
  for (const [action, field] of [
    ['hand', 'handRaised'],
    ['passive', 'passive'],
    ['minute', 'needsAMinute'],
  ]) {
    await click(page, action);
    await pressed(page, action, true);
    await page.waitForFunction(() => true);
    for (let i = 0; i < 40 && !relay.state.robot[field]; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(relay.state.robot[field], true, action);
  }
  await look(page, 'live-minute', ['landscape', 'portrait', 'phone']);
  relay.state.robot.handRaised = false; // the teacher has seen it
  await pressed(page, 'hand', false);
  await click(page, 'mood');
  await look(page, 'live-mood', ['landscape', 'phone']);
  await click(page, 'mood-unsure');
  await page.waitForSelector('[data-action="mood"][data-mood="unsure"]');
  for (let i = 0; i < 40 && relay.state.robot.mood !== 3; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(relay.state.robot.mood, 3);
});

await scene('the head turns by drag, tap, keys and buttons, in step with the rules', async (page) => {
  await goLive(page);
  const pan = () => relay.state.robot.target.panDegrees;
  const until = async (test, what) => {
    for (let i = 0; i < 80; i++) {
      if (test()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail(what);
  };
  await page.mouse.move(500, 400);
  await page.mouse.down();
  for (let x = 500; x <= 800; x += 10) await page.mouse.move(x, 400);
  await page.mouse.up();
  await until(() => pan() > 10, 'drag to the right turns left');
  await until(() => Math.abs(relay.state.robot.pose.panDegrees - pan()) < 1, 'arrives');
  const before = pan();
  await page.mouse.click(900, 400);
  await until(() => pan() < before - 5, 'tap to the right turns right');
  const tapped = pan();
  await page.keyboard.press('ArrowLeft');
  await until(() => pan() > tapped + 5, 'arrow left');
  await page.mouse.move(640, 300);
  await click(page, 'preset-teacher');
  await until(() => pan() === 35, 'preset');
  await until(() => Math.abs(relay.state.robot.pose.panDegrees - 35) < 1, 'preset arrives');
  await click(page, 'look-right');
  await until(() => pan() < 30, 'button right');
  await page.keyboard.press('+');
  await until(() => relay.state.robot.pose.zoom > 1.2, 'zoom');
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowUp');
  await until(() => relay.state.robot.target.tiltDegrees === 30, 'held in the range');
  await look(page, 'live-turned', ['landscape']);
  const ages = relay.commands.map((command) => command.age);
  assert.ok(Math.max(...ages) < 400 && Math.min(...ages) > -100, `ages ${Math.min(...ages)}…${Math.max(...ages)} ms`);
});

await scene('talk', async (page) => {
  await goLive(page);
  await click(page, 'mic');
  await pressed(page, 'mic', true);
  await page.waitForFunction(() => document.querySelector('[data-part="privacy"]').textContent.includes('Your class hears you'));
  await look(page, 'live-talking', ['landscape']);
  await click(page, 'mic');
  await pressed(page, 'mic', false);
  const box = await (await page.$('[data-action="mic"]')).boundingBox();
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await pressed(page, 'mic', true);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await page.mouse.up();
  await pressed(page, 'mic', false);
  await page.focus('[data-action="mic"]');
  await page.keyboard.press('Enter');
  await pressed(page, 'mic', true);
});

await scene(
  'microphone refused',
  async (page) => {
    await goLive(page);
    await click(page, 'mic');
    await page.waitForSelector('[data-trouble="refused"]');
    await look(page, 'microphone-refused');
    await click(page, 'listen-on');
    await pressed(page, 'mic', false);
  },
  { microphone: false },
);

await scene(
  'no https',
  async (page) => {
    await goLive(page);
    await click(page, 'mic');
    await page.waitForSelector('[data-trouble="insecure"]');
    await look(page, 'microphone-insecure', ['landscape']);
  },
  { beforeLoad: () => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }) },
);

const notices = {
  'robot asleep': [{ robotPresent: false, robotPublishing: false, robot: undefined }, 'robotAsleep'],
  curtain: [{ robot: { curtainDrawn: true, cameraLive: false, microphoneLive: false } }, 'curtain'],
  privacy: [{ robot: { privacySwitchOff: true, cameraLive: false, microphoneLive: false } }, 'privacy'],
  'robot starting': [{ robotPublishing: false }, 'robotStarting'],
};
for (const [name, [change, notice]] of Object.entries(notices)) {
  await scene(name, async (page) => {
    if ('robot' in change && change.robot) Object.assign(relay.state.robot, change.robot);
    else Object.assign(relay.state, change);
    if (change.robot) delete change.robot;
    await page.goto(`${relay.url}/join/purple-otter`);
    await click(page, 'join');
    await shows(page, { screen: 'live', notice });
    await look(page, `live-${name.replaceAll(' ', '-')}`);
  });
}

await scene('robot lost and found', async (page) => {
  await goLive(page);
  relay.state.robotPresent = false;
  await shows(page, { notice: 'robotLost', locked: 'true' });
  await look(page, 'live-robot-lost', ['landscape']);
  relay.state.robotPresent = true;
  await shows(page, { notice: 'none', locked: 'false' });
});

await scene('observers are listed', async (page) => {
  await goLive(page);
  relay.state.observers = ['Ms Green', 'Mr Okafor'];
  await page.waitForFunction(() => document.querySelector('[data-part="observers"]').textContent === 'Also here: Ms Green, Mr Okafor');
  await look(page, 'live-observers', ['landscape', 'phone']);
});

await scene('the robot is shown where things are in this room', async (page) => {
  relay.state.robot.places = [];
  await goLive(page);
  await page.waitForSelector('[data-action="preset-board"]', { visible: true });
  await page.waitForSelector('[data-action="preset-buddy"]', { hidden: true });
  await look(page, 'live-places-unknown', ['landscape']);

  relay.state.robot.target = { panDegrees: 60, tiltDegrees: -4, zoom: 1 };
  await page.waitForFunction(() => Math.abs(Number(document.querySelector('[data-head]').dataset.pan) - 60) < 0.5);
  await click(page, 'show-place');
  await page.waitForSelector('.presets[data-mode="showing"]');
  await look(page, 'live-places-showing', Object.keys(sizes));
  await click(page, 'preset-buddy');
  await page.waitForSelector('.presets[data-mode="looking"]');
  await page.waitForSelector('[data-action="preset-buddy"]', { visible: true });
  assert.equal(Math.round(relay.state.robot.places[0].pose.panDegrees), 60);
  await look(page, 'live-places-known', ['landscape', 'desktop']);

  await click(page, 'look-ahead');
  await page.waitForFunction(() => Math.abs(Number(document.querySelector('[data-head]').dataset.pan)) < 0.5);
  await click(page, 'preset-buddy');
  await page.waitForFunction(() => Math.abs(Number(document.querySelector('[data-head]').dataset.pan) - 60) < 0.5);

  await click(page, 'gently');
  relay.state.robot.headSpeed = 1;
  await pressed(page, 'gently', 'true');
  await click(page, 'show-place');
  await click(page, 'show-place'); // never mind
  await look(page, 'live-places-gently', ['landscape', 'phone']);
  await click(page, 'show-place');
  await look(page, 'live-places-moved', ['landscape', 'phone', 'side']);
  await click(page, 'robot-moved');
  await page.waitForSelector('[data-action="preset-buddy"]', { hidden: true });
  assert.match(await text(page, '.toast'), /somewhere else/);
});

await scene('sound only, and no steering then', async (page) => {
  await goLive(page);
  await page.evaluate(() => window.__relay.video.replaceTrack(null));
  await shows(page, { link: 'stalled', notice: 'soundOnly', locked: 'true' });
  await look(page, 'live-sound-only');
  const before = relay.commands.length;
  await page.keyboard.press('ArrowLeft');
  await click(page, 'preset-board');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(relay.commands.length, before);
});

await scene('relay killed and started again', async (page) => {
  await goLive(page);
  relay.kill();
  await page.evaluate(() => {
    window.__relay.peer.close();
    window.__relay.resource = null;
    window.__relay.isUnreachable = true;
  });
  await shows(page, { link: 'down' });
  await look(page, 'live-down');
  await page.evaluate(() => (window.__relay.isUnreachable = false));
  relay.isDown = false;
  const began = Date.now();
  await shows(page, { link: 'good' });
  console.log(`     picture ${Date.now() - began} ms after the relay listened again`);
  assert.ok(Date.now() - began < 3_000);
  relay.state.robot.handRaised = true;
  await pressed(page, 'hand', true);
});

await scene(
  'a silent path is restarted, with the picture kept',
  async (page) => {
    await goLive(page);
    await page.evaluate(() => (window.__relay.frozenStats = new Map()));
    await page.waitForFunction(() => window.__relay.restarts > 0, { timeout: 12_000 });
    await page.evaluate(() => (window.__relay.frozenStats = null));
    await shows(page, { link: 'good' });
    assert.equal(await page.evaluate(() => window.__relay.calls), 1, 'no new call was needed');
  },
  {
    beforeLoad: () => {
      const getStats = RTCPeerConnection.prototype.getStats;
      RTCPeerConnection.prototype.getStats = function () {
        return window.__relay.frozenStats ? Promise.resolve(window.__relay.frozenStats) : getStats.call(this);
      };
    },
  },
);

await scene('a reload goes on without a tap', async (page) => {
  await goLive(page);
  await page.reload();
  await shows(page, { screen: 'live', link: 'good' });
});

await scene(
  'sound held back after a reload is offered',
  async (page) => {
    await goLive(page);
    await page.waitForFunction(() => document.querySelector('[data-action="hear"]').checkVisibility());
    await look(page, 'live-hear', ['landscape', 'portrait']);
  },
  {
    beforeLoad: () => {
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        return this.muted ? play.call(this) : Promise.reject(new DOMException('no', 'NotAllowedError'));
      };
    },
  },
);

for (const [status, over] of [
  [401, 'expired'],
  [403, 'notAllowed'],
  [409, 'elsewhere'],
]) {
  await scene(`refused with ${status}`, async (page) => {
    await page.goto(`${relay.url}/join/purple-otter`);
    await page.evaluate((code) => (window.__relay.refuse = code), status);
    await click(page, 'join');
    await shows(page, { screen: 'trouble', over });
    await look(page, `trouble-${over}`, ['landscape']);
    if (over !== 'elsewhere') return;
    await page.evaluate(() => (window.__relay.refuse = 0));
    await click(page, 'again');
    await shows(page, { screen: 'live', link: 'good' });
  });
}

await scene('a busy relay', async (page) => {
  await page.goto(`${relay.url}/join/purple-otter`);
  await page.evaluate(() => (window.__relay.refuse = 503));
  await click(page, 'join');
  await shows(page, { screen: 'live', notice: 'waiting' });
  await look(page, 'live-waiting', ['landscape']);
  await page.evaluate(() => (window.__relay.refuse = 0));
  await shows(page, { link: 'good' });
});

await scene('a command that does not get through is told', async (page) => {
  await goLive(page);
  relay.deafToCommands = true;
  await click(page, 'hand');
  await pressed(page, 'hand', true);
  await page.waitForFunction(() => document.querySelector('.toast').textContent.includes('didn’t get through'), { timeout: 8_000 });
  await pressed(page, 'hand', false);
  await look(page, 'live-not-done', ['landscape', 'phone']);
});

await scene('leave', async (page) => {
  await goLive(page);
  await click(page, 'leave');
  await look(page, 'live-leave', ['landscape', 'portrait']);
  await click(page, 'stay');
  await shows(page, { screen: 'live' });
  await click(page, 'leave');
  await click(page, 'leave-now');
  await shows(page, { screen: 'end' });
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
  assert.equal(await page.evaluate(() => window.__relay.resource), null);
  assert.equal(relay.left, 1, 'the relay knows that the pupil has had enough');
  await look(page, 'end');
  await click(page, 'new-code');
  await shows(page, { screen: 'join' });
});

await scene('how it was, seen first by the pupil', async (page) => {
  relay.today = { step: 'Watch a lesson from home', whoIsThere: '', lesson: '' };
  await goLive(page);
  await click(page, 'leave');
  await click(page, 'leave-now');
  await shows(page, { screen: 'end' });
  await click(page, 'keep-look-back');
  await page.waitForFunction(() => document.querySelector('[data-part="look-back-words"]').textContent.includes('close this page'));
  assert.deepEqual(relay.lookBacks, [], 'nothing was said');
  await click(page, 'rate-7');
  await click(page, 'rate-4');
  await pressed(page, 'rate-7', false);
  await page.type('#line', 'It was long.');
  await look(page, 'end-look-back', ['landscape', 'portrait', 'phone']);
  await click(page, 'keep-look-back');
  await page.waitForSelector('[data-step="sharing"]');
  assert.match(await text(page, '[data-part="curve"]'), /6, 5, 4/);
  await click(page, 'share-rating');
  await look(page, 'end-sharing', ['landscape', 'portrait', 'phone']);
  await click(page, 'share');
  await page.waitForSelector('[data-step="done"]');
  assert.deepEqual(relay.lookBacks, [
    { rating: 4, line: 'It was long.', shares: null },
    { rating: 4, line: 'It was long.', shares: { rating: true, line: false } },
  ]);
});

await scene('how it feels before, if the pupil likes to say', async (page) => {
  relay.today = { step: 'Watch a lesson from home', whoIsThere: 'Ms Khan and the class', lesson: 'Maths' };
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await shows(page, { screen: 'today' });
  await click(page, 'how-it-feels');
  await click(page, 'feels-9');
  await click(page, 'feels-7');
  await pressed(page, 'feels-9', false);
  await look(page, 'today-feels', ['landscape', 'portrait', 'phone']);
  assert.deepEqual(relay.befores, [], 'nothing is said before the pupil comes in');
  await click(page, 'join');
  await shows(page, { screen: 'live', link: 'good' });
  assert.deepEqual(relay.befores, [7]);
  await click(page, 'leave');
  await click(page, 'leave-now');
  await shows(page, { screen: 'end' });
  await click(page, 'rate-4');
  await click(page, 'keep-look-back');
  await page.waitForSelector('[data-step="sharing"]');
  assert.equal(await text(page, '[data-part="before"]'), 'Before you came in, you tapped 7.');
  await look(page, 'end-sharing-both', ['landscape', 'portrait', 'phone']);
});

await scene('who says nothing before comes in all the same', async (page) => {
  relay.today = { step: 'Watch a lesson from home', whoIsThere: '', lesson: '' };
  await page.goto(`${relay.url}/join/purple-otter`);
  await click(page, 'look-first');
  await click(page, 'how-it-feels');
  await click(page, 'feels-5');
  await click(page, 'feels-5'); // taken back
  await click(page, 'join');
  await shows(page, { screen: 'live', link: 'good' });
  assert.deepEqual(relay.befores, []);
});

await scene('ended by the teacher', async (page) => {
  await goLive(page);
  Object.assign(relay.state, { ended: true, endedReason: 'The lesson has finished.' });
  await shows(page, { screen: 'end' });
  assert.match(await text(page, '.lead'), /The lesson has finished/);
});

await browser.close();
await relay.close();
await rm(profile, { recursive: true, force: true });
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
void everything;
