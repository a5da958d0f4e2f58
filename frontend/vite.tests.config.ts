/** The tests as plain modules for Node's own test runner, which reads no TypeScript before Node 22. */
import { readdirSync } from 'node:fs';
import { defineConfig } from 'vite';

const tests = readdirSync('tests').filter((name) => name.endsWith('.test.ts'));

export default defineConfig({
  build: {
    ssr: true,
    outDir: '.unit',
    target: 'node20',
    minify: false,
    rollupOptions: { input: tests.map((name) => `tests/${name}`) },
  },
});
