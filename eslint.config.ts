import type { Linter } from 'eslint'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Who may import whom: the map in CONTRIBUTING.md, enforced. A pattern names what must not be imported. */
function fence(files: string[], patterns: { group: string[]; message: string }[]): Linter.Config {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

const ELECTRON = {
  group: ['electron', 'electron/*'],
  message: 'Only electron/main and electron/preload know Electron.',
}
const SQLITE = { group: ['better-sqlite3', 'kysely', 'kysely/*'], message: 'Only electron/store knows the database.' }
const TENSORS = { group: ['@tensorflow/*'], message: 'Only electron/engine and electron/native know TensorFlow.' }
const NODE = { group: ['node:*', 'ws'], message: 'This code runs without Node.' }
const SHELLS = {
  group: ['#electron/main/*', '#electron/server/*', '#electron/cli/*', '#electron/preload/*'],
  message: 'Composition roots wire the lab; nothing imports them.',
}
const inside = (...folders: string[]) => ({
  group: folders.map((folder) => `#electron/${folder}/*`),
  message: 'This layer may not know that one; see the map in CONTRIBUTING.md.',
})
const PROTOCOL = {
  group: ['#electron/engine/*', '!#electron/engine/protocol.ts'],
  message: 'The host knows the engine by its messages only.',
}

export default defineConfig(
  { ignores: ['out/', 'node_modules/', 'build/', 'test-results/', 'playwright-report/', 'electron/native/build/'] },
  ts.configs.strict,
  vue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'vue/multi-word-component-names': 'off',
      // A label that holds its control needs no id; screen readers follow both.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      eqeqeq: 'error',
    },
  },
  fence(
    ['shared/**'],
    [
      ELECTRON,
      SQLITE,
      TENSORS,
      NODE,
      {
        group: ['#electron/*', '**/electron/**', '**/renderer/**'],
        message: 'shared/ imports nothing but itself and zod.',
      },
    ],
  ),
  fence(
    ['renderer/**'],
    [
      ELECTRON,
      SQLITE,
      TENSORS,
      NODE,
      { group: ['#electron/*', '**/electron/**'], message: 'The page knows the lab by its contract only.' },
    ],
  ),
  fence(
    ['renderer/components/**', 'renderer/charts/**'],
    [
      ELECTRON,
      SQLITE,
      TENSORS,
      NODE,
      {
        group: ['**/stores/**', '**/features/**', '#electron/*'],
        message: 'Components take props; stores belong to features.',
      },
    ],
  ),
  fence(['electron/engine/**'], [ELECTRON, SQLITE, SHELLS, inside('host', 'store', 'setup')]),
  fence(['electron/native/**'], [ELECTRON, SQLITE, SHELLS, inside('host', 'store', 'engine', 'setup')]),
  fence(['electron/store/**'], [ELECTRON, TENSORS, SHELLS, inside('host', 'engine', 'native', 'setup')]),
  fence(['electron/host/**'], [ELECTRON, SQLITE, TENSORS, SHELLS, PROTOCOL]),
  fence(['electron/server/**', 'electron/cli/**', 'electron/setup/**'], [ELECTRON, SQLITE, TENSORS]),
  fence(['electron/preload/**'], [SQLITE, TENSORS, NODE, inside('host', 'store', 'engine', 'native', 'setup')]),
  fence(['electron/main/**'], [SQLITE, TENSORS]),
  prettier,
)
