import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import { mergeConfig } from 'vite'
import page from './vite.config.ts'

const here = (path: string) => resolve(import.meta.dirname, path)

/**
 * Bundles for Electron. The server, the CLI and the tests run the same TypeScript sources directly on Node, and share
 * only the renderer's bundle.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: here('electron/main/main.ts'),
          training: here('electron/engine/training.ts'),
          inference: here('electron/engine/inference.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // Sandboxed, it can require nothing but Electron: one CommonJS file, whatever package.json says.
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: { preload: here('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // electron-vite would leave it as it is; both hosts serve the same page.
  renderer: mergeConfig(page, { build: { minify: true } }),
})
