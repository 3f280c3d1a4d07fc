import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

/** The five rooms in the order of the rail. */
export const ROOMS = ['learn', 'build', 'train', 'draw', 'history'] as const
export type Room = (typeof ROOMS)[number]

/** A room with what is open in it, such as a run's id in Train or a lesson's name in Learn. */
export interface Place {
  readonly room: Room
  readonly detail: string | null
}

/** The place that a location hash such as `#/train/01J8` names; Learn for anything else. */
export function parsePlace(hash: string): Place {
  const [name, detail] = hash.replace(/^#\/?/, '').split('/')
  const room = ROOMS.find((candidate) => candidate === name)
  if (!room) return { room: 'learn', detail: null }
  return { room, detail: detail ? decode(detail) : null }
}

/** Anyone can type into the address: what is not percent-encoded text names nothing. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export function formatPlace({ room, detail }: Place): string {
  return detail === null ? `#/${room}` : `#/${room}/${encodeURIComponent(detail)}`
}

/** Which room is open. The location hash holds it, so reload, back and forward work as in any page. */
export const useRoomStore = defineStore('room', () => {
  const place = shallowRef<Place>(parsePlace(location.hash))
  /** What was last open in each room, so that the rail leads back to it. */
  const details = new Map<Room, string | null>()

  function follow(): void {
    place.value = parsePlace(location.hash)
    details.set(place.value.room, place.value.detail)
  }

  follow()
  addEventListener('hashchange', follow)

  /** Opens a room. Without `detail` it shows what was last open there; `null` shows its start. */
  function go(room: Room, detail?: string | null): void {
    const next: Place = { room, detail: detail === undefined ? (details.get(room) ?? null) : detail }
    if (formatPlace(next) !== location.hash) history.pushState(null, '', formatPlace(next))
    follow()
  }

  return {
    place,
    room: computed(() => place.value.room),
    detail: computed(() => place.value.detail),
    /** What is open in `room`, whether or not it is the room in front. */
    detailOf: (room: Room) => (place.value.room === room ? place.value.detail : (details.get(room) ?? null)),
    go,
    dispose: () => removeEventListener('hashchange', follow),
  }
})
