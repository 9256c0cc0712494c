// What the interface, the scripts and the end-to-end tests are held to.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import svelteConfig from './ui/svelte.config.js';

export default defineConfig(
  { ignores: ['node_modules/', 'target/', 'ui/dist/', 'src-tauri/', 'schemas/', 'tests/e2e/output/'] },
  js.configs.recommended,
  {
    files: ['ui/**/*.ts', 'ui/**/*.svelte'],
    extends: [...typescript.configs.strict, ...svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: { allowDefaultProject: ['ui/vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
      // Controllers keep plain maps beside the reactive ones, on purpose: what nobody draws need not be tracked.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['ui/**/*.svelte', 'ui/**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
  },
  {
    // One door to the shell: only platform/ knows Tauri.
    files: ['ui/src/**/*.ts', 'ui/src/**/*.svelte'],
    ignores: ['ui/src/platform/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Use platform/ instead.' }] },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'tests/**/*.mjs', '*.js', 'ui/*.js'],
    languageOptions: { globals: globals.node },
  },
  {
    // Functions in these files are also run inside the page.
    files: ['tests/e2e/**/*.mjs', 'tests/bench/**/*.mjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
);
