import type { Page } from '@playwright/test'

/** A lab as a person has it before them, whichever host shows it. */
export interface LabWindow {
  /** The window's page; another one after a restart. */
  readonly page: Page
  readonly dataFolder: string
  /** Closes the lab and opens it again on the same data folder. */
  restart(): Promise<void>
  close(): Promise<void>
}
