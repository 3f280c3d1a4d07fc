/** The kernels' pool takes no more. */
const MOST_KERNEL_THREADS = 64

/** Threads that our kernels use for a backend with this many. */
export function kernelThreads(threads: number): number {
  return Math.min(threads, MOST_KERNEL_THREADS)
}
