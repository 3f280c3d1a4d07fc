import { computed } from 'vue'
import { useSettingsStore } from '../../stores/settings.ts'
import { HORIZONTALS, type Horizontal } from './axes.ts'

/** TensorBoard's. */
const SMOOTHING = 0.6
export const MOST_SMOOTHING = 0.99

/** How the person likes to see curves, everywhere and at the next start too. What was kept and makes no sense is left. */
export function useCurveSettings() {
  const settings = useSettingsStore()

  const smoothing = computed({
    get: () => {
      const kept = settings.values['charts.smoothing']
      return typeof kept === 'number' && kept >= 0 && kept <= MOST_SMOOTHING ? kept : SMOOTHING
    },
    set: (value) => void settings.set('charts.smoothing', value),
  })
  const over = computed<Horizontal>({
    get: () => HORIZONTALS.find((known) => known === settings.values['charts.over']) ?? 'step',
    set: (value) => void settings.set('charts.over', value),
  })
  /** A choice between two, the usual one until the person has said otherwise. */
  const choice = (key: string, usual: boolean) =>
    computed({
      get: () => (typeof settings.values[key] === 'boolean' ? settings.values[key] : usual),
      set: (value) => void settings.set(key, value),
    })

  return {
    smoothing,
    over,
    ignoresOutliers: choice('charts.ignoreOutliers', false),
    showsBand: choice('charts.groupBand', true),
    logarithmicLoss: choice('charts.logarithmicLoss', false),
    fitsAccuracy: choice('charts.fitAccuracy', false),
  }
}
