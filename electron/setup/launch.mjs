#!/usr/bin/env node
import { runsOnLabNode } from './node.mjs'

if (await runsOnLabNode(import.meta.url)) {
  const { launch } = await import('./commands/index.ts')
  process.exitCode = await launch(process.argv.slice(2))
}
