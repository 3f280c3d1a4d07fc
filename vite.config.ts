import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => resolve(import.meta.dirname, path)

/** Bundle of the page, the same for both hosts. */
export default defineConfig({
  root: here('renderer'),
  // Relative, as Electron and the server serve it from addresses of their own.
  base: './',
  plugins: [vue()],
  build: {
    outDir: here('out/renderer'),
    emptyOutDir: true,
    // The page's policy lets fonts come from its own origin only, not from data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: here('renderer/index.html') },
  },
})
