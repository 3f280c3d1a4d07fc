import { createHash } from 'node:crypto'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { EngineDescription } from '#electron/engine/protocol.ts'
import type { Provenance } from '#shared/contract/runs.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'

/** What is known of a run before its engine has started. */
export function initialProvenance(
  spec: NetworkSpec,
  application: { version: string; commit: string | null },
): Provenance {
  return {
    appVersion: application.version,
    commit: application.commit,
    specHash: hashSpec(spec),
    datasetSha256: null,
    backend: null,
    backendVersion: null,
    kernels: null,
    threads: null,
    node: process.version,
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  }
}

export function withEngine(provenance: Provenance, engine: EngineDescription): Provenance {
  const { backend, backendVersion, kernels, threads, datasetSha256 } = engine
  return { ...provenance, backend, backendVersion, kernels, threads, datasetSha256 }
}

/** SHA-256 of the spec written with sorted keys, in hexadecimal: equal networks have equal hashes. */
export function hashSpec(spec: NetworkSpec): string {
  return createHash('sha256').update(canonicalJson(spec)).digest('hex')
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
