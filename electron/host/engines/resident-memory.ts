import { readFileSync } from 'node:fs'

/** Bytes of memory a process holds in RAM, or null where the platform has no cheap way to tell. */
export function residentMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Number(kilobytes) * 1024 : null
  } catch {
    // The process has just ended, which its exit event tells.
    return null
  }
}
