import type { BinaryKernelSpeed, KernelSpeed, LayerBenchmark } from './messages.ts'
import { byRound, gmacPerSecond, spreadOf } from './spread.ts'

/** Milliseconds of a call in each round. */
export interface LayerTimes {
  readonly binary: readonly number[]
  readonly packed: readonly number[]
  readonly float: readonly number[]
  readonly tensorflow: readonly number[] | null
}

/** Multiply-adds in 10⁹ a second in each round. */
export interface PeakRates {
  readonly popcount: readonly number[]
  readonly fma: readonly number[]
}

/** What the times of a layer with so many multiply-adds mean. */
export function layerSpeeds(
  macs: number,
  times: LayerTimes,
  peaks: PeakRates,
): Pick<LayerBenchmark, 'binary' | 'packed' | 'float' | 'tensorflow'> {
  const { binary, packed, float, tensorflow } = times
  const fastest = float.map((ms, round) => Math.min(ms, tensorflow?.[round] ?? Infinity))
  const beside = (ms: readonly number[]): BinaryKernelSpeed => ({
    ...kernelSpeed(macs, ms, peaks.popcount),
    timesFloat: timesAsFast(ms, float),
    timesTensorflow: tensorflow && timesAsFast(ms, tensorflow),
    timesFastestFloat: timesAsFast(ms, fastest),
  })
  return {
    binary: beside(binary),
    packed: beside(packed),
    float: kernelSpeed(macs, float, peaks.fma),
    tensorflow: tensorflow && kernelSpeed(macs, tensorflow, peaks.fma),
  }
}

function kernelSpeed(macs: number, ms: readonly number[], peak: readonly number[]): KernelSpeed {
  return {
    ms: spreadOf(ms),
    gmacPerSecond: spreadOf(ms.map((each) => gmacPerSecond(macs, each))),
    shareOfPeak: byRound(ms, peak, (each, most) => gmacPerSecond(macs, each) / most),
  }
}

/** How many times as fast as the others something was in each round. */
export function timesAsFast(ms: readonly number[], others: readonly number[]) {
  return byRound(ms, others, (own, other) => other / own)
}
