/** `wanted`, or with the first number from 2 on that tells it from the names that are taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken)
  if (!names.has(wanted)) return wanted
  let number = 2
  while (names.has(`${wanted} ${number}`)) number += 1
  return `${wanted} ${number}`
}
