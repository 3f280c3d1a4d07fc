/** A cell of the confusion matrix: what the images show, and what the network answered. */
export interface Cell {
  readonly label: number
  readonly answer: number
}
