import type { Component } from 'vue'
import BinaryNetworks from './lessons/BinaryNetworks.vue'
import BitArithmetic from './lessons/BitArithmetic.vue'
import Results from './lessons/Results.vue'
import SignFunction from './lessons/SignFunction.vue'
import Speed from './lessons/Speed.vue'
import Training from './lessons/Training.vue'
import TwoLeNets from './lessons/TwoLeNets.vue'

export interface Lesson {
  /** Stands in the location hash. */
  readonly id: string
  readonly title: string
  readonly component: Component
}

/** The notebook's story from its introduction to its conclusion, one idea a page. */
export const LESSONS: readonly Lesson[] = [
  { id: 'binary-networks', title: 'What a binary network is', component: BinaryNetworks },
  { id: 'sign', title: 'The sign function and its gradient', component: SignFunction },
  { id: 'bits', title: 'What bits buy', component: BitArithmetic },
  { id: 'lenets', title: 'Two LeNets', component: TwoLeNets },
  { id: 'training', title: 'Training them', component: Training },
  { id: 'results', title: 'Results', component: Results },
  { id: 'speed', title: 'What the notebook could not show', component: Speed },
]
