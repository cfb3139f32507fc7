// A relay for looking at the page without one: serves dist with the strict headers of the real one, speaks
// SessionControl over gRPC-Web, and moves a make-believe head. Media is made inside the page (inPageRelay.js).

import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { createServer as createVite } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const dist = join(root, 'dist');
const policy =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self' blob: mediastream:; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
export const everything = ['see', 'zoom', 'hear', 'look-around', 'lights-and-hand', 'expressions', 'whisper', 'speak'];

export async function startFakeRelay() {
  const vite = await createVite({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
  });
  const { SessionControl, SessionStateSchema } = await vite.ssrLoadModule('/gen/av1relay/v1/session_control_pb.ts');
  const { Capability } = await vite.ssrLoadModule('/gen/av1relay/v1/common_pb.ts');
  await vite.close();

  const began = performance.now();
  const now = () => BigInt(Math.round(performance.now() - began + 5_000));
  const fresh = () => ({
    capabilities: everything,
    today: null,
    beginsAt: null,
    /** Why nobody comes in yet, and after how many seconds to ask again. */
    tooEarly: null,
    looked: 0,
    joinsTried: 0,
    left: 0,
    lookBacks: [],
    befores: [],
    codes: { 'purple-otter': 200, 'old-owl': 410, 'busy-bee': 429 },
    isDown: false,
    deafToCommands: false,
    state: {
      session: 'look',
      robotPresent: true,
      robotPublishing: true,
      pupilPresent: true,
      observers: [],
      ended: false,
      endedReason: '',
      notAfterUnixMs: BigInt(Date.now() + 3_600_000),
      robot: {
        pose: { panDegrees: 0, tiltDegrees: 0, zoom: 1 },
        target: { panDegrees: 0, tiltDegrees: 0, zoom: 1 },
        range: { minPanDegrees: -150, maxPanDegrees: 150, minTiltDegrees: -25, maxTiltDegrees: 30, maxZoom: 4 },
        cameraLive: true,
        microphoneLive: true,
        curtainDrawn: false,
        privacySwitchOff: false,
        handRaised: false,
        mood: 1,
        passive: false,
        needsAMinute: false,
        microphone: 1,
        lastCommandSequence: 0n,
        places: [
          { preset: 1, pose: { panDegrees: -20, tiltDegrees: 4 } },
          { preset: 2, pose: { panDegrees: 35, tiltDegrees: 2 } },
          { preset: 3, pose: { panDegrees: 80, tiltDegrees: -6 } },
        ],
      },
    },
    commands: [],
  });
  const relay = { ...fresh(), reset: () => Object.assign(relay, fresh()) };

  const granted = () => relay.capabilities.map((name) => Capability[name.toUpperCase().replaceAll('-', '_')]);
  const message = () => create(SessionStateSchema, { ...relay.state, relayNowMs: now(), capabilities: granted() });

  function obey({ sequence, issuedAtMs, what }) {
    const { robot } = relay.state;
    relay.commands.push({ case: what.case, value: what.value, sequence, age: Number(now() - issuedAtMs) });
    if (sequence <= robot.lastCommandSequence) return 'out of order';
    if (now() - issuedAtMs > 500n || issuedAtMs > now() + 200n) return 'stale';
    robot.lastCommandSequence = sequence;
    if (what.case === 'headTarget')
      robot.target = { ...robot.target, panDegrees: what.value.panDegrees, tiltDegrees: what.value.tiltDegrees };
    else if (what.case === 'preset') {
      const { panDegrees, tiltDegrees } = robot.places.find((place) => place.preset === what.value)?.pose ?? {
        panDegrees: 0,
        tiltDegrees: 0,
      };
      robot.target = { ...robot.target, panDegrees, tiltDegrees };
    } else if (what.case === 'roomPlace') {
      const { preset, pose } = what.value;
      robot.places = preset === 0 ? [] : robot.places.filter((place) => place.preset !== preset);
      if (pose) robot.places.push({ preset, pose });
    } else if (what.case === 'zoom') robot.pose.zoom = robot.target.zoom = what.value;
    else robot[what.case] = what.value;
    return '';
  }
  const move = setInterval(() => {
    if (!relay.state.robot) return;
    const { pose, target } = relay.state.robot;
    for (const axis of ['panDegrees', 'tiltDegrees']) pose[axis] += Math.max(-9, Math.min(9, target[axis] - pose[axis]));
  }, 100);

  const grpc = connectNodeAdapter({
    routes: (router) =>
      router.service(SessionControl, {
        send({ command }) {
          if (relay.deafToCommands) throw new ConnectError('no robot', Code.Unavailable);
          const reason = obey(command);
          return { relayNowMs: now(), accepted: reason === '', reason };
        },
        async *watch(_, context) {
          while (!context.signal.aborted) {
            yield message();
            if (relay.state.ended) return;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        },
      }),
  });

  async function serve(request, response) {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    if (relay.isDown) return request.socket.destroy();
    if (request.method === 'POST' && path === '/leave/look') {
      relay.left += 1;
      return response.writeHead(204).end();
    }
    if (request.method === 'POST' && path === '/before/look') {
      let body = '';
      for await (const part of request) body += part;
      relay.befores.push(JSON.parse(body).rating);
      return response.writeHead(204).end();
    }
    if (request.method === 'POST' && path === '/reflect/look') {
      let body = '';
      for await (const part of request) body += part;
      const said = JSON.parse(body);
      relay.lookBacks.push(said);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      return response.end(
        JSON.stringify({ curve: said.rating === null ? [6, 5] : [6, 5, said.rating], before: relay.befores.at(-1) ?? null }),
      );
    }
    if (path === '/healthz') return response.writeHead(200).end('ok');
    if (request.method === 'POST' && path.startsWith('/join/')) {
      const isLook = path.endsWith('/today');
      const known = relay.codes[path.slice(6).replace(/\/today$/, '')] ?? 404;
      relay[isLook ? 'looked' : 'joinsTried'] += 1;
      if (isLook && known === 200) {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        return response.end(JSON.stringify({ capabilities: relay.capabilities, today: relay.today, beginsAt: relay.beginsAt }));
      }
      if (known === 200 && relay.tooEarly) {
        const { title, detail, wait } = relay.tooEarly;
        response.writeHead(409, { 'Content-Type': 'application/problem+json', ...(wait ? { 'Retry-After': String(wait) } : {}) });
        return response.end(JSON.stringify({ type: 'urn:av1relay:problem:x', title, detail, status: 409 }));
      }
      const status = known;
      const seat = {
        session: 'look',
        token: 't',
        expiresAt: new Date(Date.now() + 3_600_000),
        capabilities: relay.capabilities,
        whepUrl: '/whep/look',
        today: relay.today,
      };
      response.writeHead(status, { 'Content-Type': 'application/json' });
      return response.end(JSON.stringify(status === 200 ? seat : { type: 'urn:av1relay:problem:x', status }));
    }
    if (path.startsWith('/av1relay.v1.')) return grpc(request, response);
    const isPage = path === '/' || path.startsWith('/join/');
    const file = isPage ? 'index.html' : normalize(path).replace(/^\/app\//, '');
    try {
      const body = await readFile(join(dist, file));
      response.writeHead(200, {
        'Content-Type': types[extname(file)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy,
        'Referrer-Policy': 'no-referrer',
        'Service-Worker-Allowed': '/',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
  const sockets = new Set();
  const server = createHttpServer((request, response) => void serve(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(relay, {
    url: `http://127.0.0.1:${server.address().port}`,
    /** As if the process had been killed: streams break, and nothing answers until `isDown` is false. */
    kill() {
      relay.isDown = true;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      clearInterval(move);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
