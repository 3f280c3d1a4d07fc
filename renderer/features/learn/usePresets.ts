import { computed } from 'vue'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { sumOf } from '#shared/model/cost.ts'
import { useNetworksStore } from '../../stores/networks.ts'
import { NOTEBOOK_PAIR } from '../../stores/pair.ts'

/** The presets that the lessons speak of, with their counts; null until the lab has told them. */
export function usePresets() {
  const networks = useNetworksStore()

  const preset = (id: string) =>
    computed(() => {
      const network = networks.find(id)
      if (!network) return null
      const analysis = analyseNetwork(network.spec)
      const { parameters, macs } = analysis.totals
      return {
        network,
        ...analysis,
        allParameters: sumOf(parameters),
        allMacs: sumOf(macs),
      }
    })

  return { full: preset(NOTEBOOK_PAIR[0]), binary: preset(NOTEBOOK_PAIR[1]), twin: preset('lenet-twin') }
}
