import { defineConfig } from 'vitest/config';

// The relay serves what is built here under /app/, and index.html itself at / and /join/{code}.
export default defineConfig({
  base: '/app/',
  build: {
    // Tablets from 2019 are in pupils' hands.
    target: ['es2020', 'chrome87', 'safari14', 'firefox88'],
    assetsInlineLimit: 0, // the content security policy knows no inline code
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: { index: 'index.html', worker: 'service-worker/worker.ts' },
      output: {
        // A service worker keeps its address for ever; everything else is named by its content.
        entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: { include: ['{head,media,pages,signalling}/**/*.test.ts'] },
});
