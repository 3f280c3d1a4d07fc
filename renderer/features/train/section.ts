import { ref } from 'vue'
import type { RunSummary } from '#shared/contract/runs.ts'
import type { RunHistory } from '../../stores/runHistory.ts'
import type { ShownRun } from '../runs/lines.ts'

/** What every section of Train is given. */
export interface SectionProps {
  /** The open run. */
  readonly run: RunSummary
  readonly history: RunHistory
  /** The open run and those laid over it, in their colours. */
  readonly shown: readonly ShownRun[]
}

/** Name of the section that is open; it stays when another run is opened. */
export const openSection = ref('curves')

/** Where a section puts its tools, beside the tabs: `<Teleport defer :to="SECTION_TOOLS">`. */
export const SECTION_TOOLS = '#train-section-tools'
