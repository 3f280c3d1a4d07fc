/** A parameter's name in words, spelt as the page does: "kernel size" for `kernelSize`, "optimiser" for `optimizer`. */
export function wordsOf(name: string): string {
  return name
    .replaceAll(/([A-Z])/g, ' $1')
    .toLowerCase()
    .replace('optimizer', 'optimiser')
}
