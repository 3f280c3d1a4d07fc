import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { messageOf, say } from './report.ts'

/**
 * Writes a small file for later starts, whole or not at all. Never throws: what cannot be remembered is found out again,
 * so a folder that cannot be written costs time but must not keep the lab closed.
 */
export async function writeNote(path: string, content: unknown): Promise<void> {
  try {
    mkdirSync(dirname(path), { recursive: true })
    await writeFileAtomic(path, JSON.stringify(content))
  } catch (error) {
    say(
      `The cache cannot be written (${messageOf(error)}); Signum goes on, and finds this out again at the next start.`,
    )
  }
}
