import './pages/styles/base.css';
import './pages/styles/sheet.css';
import './pages/styles/live.css';
import { App } from './pages/app';

const root = document.getElementById('app');
if (root) new App(root).start();

// The shell alone is kept for bad networks. Registered late: joining comes first.
window.addEventListener('load', () => {
  if (!('serviceWorker' in navigator)) return;
  const worker = '/app/worker.js';
  // The whole site where the relay allows it (Service-Worker-Allowed), else only what lies beside the worker.
  navigator.serviceWorker.register(worker, { scope: '/' }).catch(() => navigator.serviceWorker.register(worker).catch(() => undefined));
});
