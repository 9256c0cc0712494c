// Builds the interface into ui/dist, which the desktop binary embeds. There is no development server.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  cacheDir: here('../node_modules/.vite'),
  plugins: [svelte({ configFile: here('svelte.config.js') })],
  resolve: {
    alias: { $lib: here('src'), $schemas: here('../schemas/ts') },
    // Runes run in tests as they do in the window, not as on a server.
    ...(process.env['VITEST'] === undefined ? {} : { conditions: ['browser'] }),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'safari18',
    // The content security policy admits neither inline fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // The contrast test reads the tokens; other stylesheets are not looked at.
    css: { include: [/tokens\.css/] },
  },
});
