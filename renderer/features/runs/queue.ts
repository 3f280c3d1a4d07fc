/** Where a run stands in the queue, in words. */
export function describePlace(place: number): string {
  return place === 1 ? 'next in the queue' : `number ${place} in the queue`
}
