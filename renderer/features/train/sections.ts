import type { Component } from 'vue'
import ActivationsSection from './activations/ActivationsSection.vue'
import CurvesSection from './CurvesSection.vue'
import PredictionsSection from './predictions/PredictionsSection.vue'
import WeightsSection from './weights/WeightsSection.vue'

export interface Section {
  readonly name: string
  readonly label: string
  /** Takes `SectionProps`. */
  readonly component: Component
}

/** The sections of Train in the order of their tabs; only the open one is there at all, so no other draws. */
export const SECTIONS: readonly Section[] = [
  { name: 'curves', label: 'Curves', component: CurvesSection },
  { name: 'predictions', label: 'Predictions', component: PredictionsSection },
  { name: 'weights', label: 'Weights', component: WeightsSection },
  { name: 'activations', label: 'Activations', component: ActivationsSection },
]
