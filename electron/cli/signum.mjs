#!/usr/bin/env node
import { runsOnLabNode } from '../setup/node.mjs'

if (await runsOnLabNode(import.meta.url)) {
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
