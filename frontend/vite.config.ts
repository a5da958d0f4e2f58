import { defineConfig } from 'vite';

export default defineConfig({
  base: '/static/',
  build: {
    outDir: 'dist',
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['src/main.ts', 'src/map.ts', 'src/plan.ts', 'src/wall.ts'] },
  },
});
