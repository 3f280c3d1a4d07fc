import { readPresets } from '#electron/host/presets.ts'
import { presetsFolder } from '#electron/setup/places.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { requireSound } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { summarise, type NetworkSummary, type SummaryRow } from '#shared/model/summary.ts'
import { formatCount } from '#shared/format/numbers.ts'
import { kilobytes, percent } from '../format.ts'
import { findNetwork, namesFile, readNetworkFile, unknownPreset } from '../input/network.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { renderTable, type Column } from '../table.ts'

const NOTHING = '–'
const orNothing = (value: number) => (value === 0 ? NOTHING : formatCount(value))

const COLUMNS: readonly Column<SummaryRow>[] = [
  { title: 'Layer', value: ({ id, type, depth }) => `${'  '.repeat(depth)}${id} (${type})` },
  { title: 'Input bits', align: 'right', value: ({ inputBits }) => (inputBits === null ? NOTHING : String(inputBits)) },
  { title: 'Output', align: 'right', value: ({ output }) => output },
  { title: '# 1-bit', align: 'right', value: ({ parameters }) => orNothing(parameters[1]) },
  { title: '# 32-bit', align: 'right', value: ({ parameters }) => orNothing(parameters[32]) },
  { title: 'Memory (kB)', align: 'right', value: ({ bytes }) => (bytes === 0 ? NOTHING : kilobytes(bytes)) },
  { title: '1-bit MACs', align: 'right', value: ({ macs }) => orNothing(macs[1]) },
  { title: '32-bit MACs', align: 'right', value: ({ macs }) => orNothing(macs[32]) },
]

export async function summary(session: Session, name: string): Promise<void> {
  const spec = await findSpec(session, name)
  const table = summarise(spec, requireSound(analyseNetwork(spec)))
  answer(session, table, () => words(table))
}

/** A file and a preset need no data folder; only a saved network and a run are looked up there. */
async function findSpec(session: Session, name: string): Promise<NetworkSpec> {
  if (namesFile(name)) return readNetworkFile(name).spec
  const preset = findNetwork(name, readPresets(presetsFolder))
  if (preset) return preset.spec
  return withLabForReading(session, async (lab) => {
    const networks = await lab.request('networks.list', {})
    const saved = findNetwork(name, networks)
    if (saved) return saved.spec
    try {
      return (await lab.request('runs.get', { id: name })).spec
    } catch (error) {
      if (error instanceof SignumError && error.code === 'run_not_found') throw unknownPreset(name, networks)
      throw error
    }
  })
}

function words(table: NetworkSummary): string {
  const facts: [string, string][] = [
    [
      'Parameters',
      `${formatCount(table.totalParameters)} (${formatCount(table.parameters[1])} of 1 bit, ${formatCount(table.parameters[32])} of 32 bits)`,
    ],
    ['Size, packed', `${kilobytes(table.packedBytes)} kB`],
    ['Size as 32-bit floats', `${kilobytes(table.floatBytes)} kB`],
    ['Compression', `${table.compressionRatio.toFixed(2)} times smaller`],
    ['Multiply-accumulates', formatCount(table.macs[1] + table.macs[32])],
    ['Binary share of them', percent(table.binaryMacShare)],
  ]
  const width = Math.max(...facts.map(([label]) => label.length))
  const footer = facts.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('')
  return `${table.name}, input ${table.input}\n\n${renderTable(COLUMNS, table.rows)}\n${footer}`
}
