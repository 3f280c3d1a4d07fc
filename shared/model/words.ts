/** A parameter's name in words: "kernel size" for `kernelSize`. */
export function wordsOf(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
}
