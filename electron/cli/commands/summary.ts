import { readPresets } from '#electron/host/presets.ts'
import { presetsFolder } from '#electron/setup/places.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { requireSound } from '#shared/model/parse.ts'
import { sumOf, widthsIn, type ByWidth } from '#shared/model/cost.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { summarise, type NetworkSummary, type SummaryRow } from '#shared/model/summary.ts'
import { formatCount } from '#shared/format/numbers.ts'
import { kilobytes, percent } from '../format.ts'
import { findNetwork, namesFile, readNetworkFile, unknownPreset } from '../input/network.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { renderTable, type Column } from '../table.ts'

const NOTHING = '–'
const orNothing = (value: number) => (value === 0 ? NOTHING : formatCount(value))

/** Parameters and MACs have a column for each width there is; those of 1 and 32 bits always stand there. */
function columnsOf({ parameters, macs }: NetworkSummary): readonly Column<SummaryRow>[] {
  return [
    { title: 'Layer', value: ({ id, type, depth }) => `${'  '.repeat(depth)}${id} (${type})` },
    {
      title: 'Input bits',
      align: 'right',
      value: ({ inputBits }) => (inputBits === null ? NOTHING : String(inputBits)),
    },
    { title: 'Output', align: 'right', value: ({ output }) => output },
    ...allWidths(parameters).map((bits) => right(`# ${bits}-bit`, (row) => orNothing(row.parameters[bits] ?? 0))),
    { title: 'Memory (kB)', align: 'right', value: ({ bytes }) => (bytes === 0 ? NOTHING : kilobytes(bytes)) },
    ...allWidths(macs).map((bits) => right(`${bits}-bit MACs`, (row) => orNothing(row.macs[bits] ?? 0))),
  ]
}

const right = (title: string, value: (row: SummaryRow) => string): Column<SummaryRow> => ({
  title,
  align: 'right',
  value,
})
const allWidths = (counts: ByWidth) => [...new Set([1, ...widthsIn(counts), 32])]

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
  const ofWidth = (bits: number) => `${formatCount(table.parameters[bits] ?? 0)} of ${bits} bit${bits === 1 ? '' : 's'}`
  const facts: [string, string][] = [
    ['Parameters', `${formatCount(table.totalParameters)} (${allWidths(table.parameters).map(ofWidth).join(', ')})`],
    ['Size, packed', `${kilobytes(table.packedBytes)} kB`],
    ['Size as 32-bit floats', `${kilobytes(table.floatBytes)} kB`],
    ['Compression', `${table.compressionRatio.toFixed(2)} times smaller`],
    ['Multiply-accumulates', formatCount(sumOf(table.macs))],
    ['Binary share of them', percent(table.binaryMacShare)],
  ]
  const width = Math.max(...facts.map(([label]) => label.length))
  const footer = facts.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('')
  return `${table.name}, input ${table.input}\n\n${renderTable(columnsOf(table), table.rows)}\n${footer}`
}
