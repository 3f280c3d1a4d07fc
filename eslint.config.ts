import { builtinModules } from 'node:module'
import type { Linter } from 'eslint'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

interface Fence {
  /** Matched against the text of the import. (Not `group`: its patterns take a leading # for a comment.) */
  readonly regex: string
  readonly message: string
}

/** Who may import whom: the map in CONTRIBUTING.md, enforced. */
function fence(files: string[], patterns: Fence[]): Linter.Config {
  return {
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      // That rule does not look at import(); a selector's regular expression ends at the first slash.
      'no-restricted-syntax': [
        'error',
        ...patterns.map(({ regex, message }) => ({
          selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\u002F')}/]`,
          message,
        })),
      ],
    },
  }
}

/** Imports of folders of electron/, by alias or by a relative path that leaves the importer's own folder. */
const folders = (...names: string[]) => `^(#electron|(\\.\\./)+(electron)?)/?(${names.join('|')})/`

const ELECTRON = { regex: '^electron(/|$)', message: 'Only electron/main and electron/preload know Electron.' }
const SQLITE = { regex: '^(better-sqlite3|kysely)(/|$)', message: 'Only electron/store knows the database.' }
const TENSORS = { regex: '^@tensorflow/', message: 'Only electron/engine and electron/native know TensorFlow.' }
const NODE = { regex: `^(node:|(ws|${builtinModules.join('|')})$)`, message: 'This code runs without Node.' }
const SHELLS = {
  regex: folders('main', 'server', 'cli', 'preload'),
  message: 'Composition roots wire the lab; nothing imports them.',
}
const inside = (...names: string[]): Fence => ({
  regex: folders(...names),
  message: 'This layer may not know that one; see the map in CONTRIBUTING.md.',
})
const PROTOCOL = {
  regex: '^(#electron|\\.\\.(/\\.\\.)*)/engine/(?!protocol\\.ts$)',
  message: 'Outside the engine, only its messages are known.',
}
const OUTSIDE = {
  regex: '^(?!\\.{1,2}/|(zod|@msgpack/msgpack)$)|/(electron|renderer)/',
  message: 'shared/ imports nothing but itself, zod and MessagePack.',
}
const CONTRACT_ONLY = { regex: '(^#electron/|/electron/)', message: 'The page knows the lab by its contract only.' }
const PROPS_ONLY = { regex: '/(stores|features)/', message: 'Components take props; stores belong to features.' }

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
      // Optional props are typed as such; undefined is their default.
      'vue/require-default-prop': 'off',
      // A label that holds its control needs no id; screen readers follow both.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      eqeqeq: 'error',
    },
  },
  fence(['shared/**'], [OUTSIDE]),
  fence(['renderer/**'], [ELECTRON, SQLITE, TENSORS, NODE, CONTRACT_ONLY]),
  fence(['renderer/components/**', 'renderer/charts/**'], [ELECTRON, SQLITE, TENSORS, NODE, CONTRACT_ONLY, PROPS_ONLY]),
  fence(['electron/engine/**'], [ELECTRON, SQLITE, SHELLS, inside('host', 'store', 'setup')]),
  fence(['electron/native/**'], [ELECTRON, SQLITE, SHELLS, inside('host', 'store', 'engine', 'setup')]),
  fence(['electron/store/**'], [ELECTRON, TENSORS, SHELLS, inside('host', 'engine', 'native', 'setup')]),
  fence(['electron/host/**'], [ELECTRON, SQLITE, TENSORS, SHELLS, PROTOCOL, inside('native', 'setup')]),
  fence(['electron/setup/**'], [ELECTRON, SQLITE, TENSORS, SHELLS, inside('host', 'store')]),
  fence(['electron/server/**'], [ELECTRON, SQLITE, TENSORS, PROTOCOL, inside('main', 'cli', 'preload', 'native')]),
  fence(['electron/cli/**'], [ELECTRON, SQLITE, TENSORS, PROTOCOL, inside('main', 'server', 'preload', 'native')]),
  fence(['electron/preload/**'], [SQLITE, TENSORS, NODE, inside('host', 'store', 'engine', 'native', 'setup')]),
  fence(['electron/main/**'], [SQLITE, TENSORS, PROTOCOL, inside('server', 'cli', 'preload', 'native')]),
  prettier,
)
