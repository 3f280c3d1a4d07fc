import { computed, onScopeDispose, ref, watch } from 'vue'
import { Playhead, SPEEDS } from '../../../weights/playhead.ts'

/**
 * Plays frames that may still be growing in number: forward at a speed, by single frames, or along with the newest.
 *
 * @param steps of the frames.
 * @param isReady whether a frame can be shown at once; the player waits for one that cannot.
 */
export function usePlayer(steps: () => readonly number[], isReady: (index: number) => boolean) {
  const playhead = new Playhead()
  const index = ref(0)
  const isPlaying = ref(false)
  /** Stays with the newest frame. */
  const isFollowing = ref(true)
  const speed = ref<number>(SPEEDS.usual)
  let request = 0

  const last = computed(() => Math.max(0, steps().length - 1))

  /** The step in view stays in view when other frames are chosen from, such as those of another mode. */
  let shownStep = 0
  watch(
    () => steps(),
    (now) => {
      if (isFollowing.value) index.value = last.value
      else
        index.value = Math.max(
          0,
          now.findLastIndex((step) => step <= shownStep),
        )
    },
    { immediate: true },
  )
  watch(index, (at) => (shownStep = steps()[at] ?? 0), { flush: 'sync' })
  watch(speed, (framesPerSecond) => (playhead.framesPerSecond = framesPerSecond))

  function tick(now: number): void {
    request = requestAnimationFrame(tick)
    if (index.value < last.value && !isReady(index.value + 1)) return
    const next = playhead.next(now, index.value, steps().length)
    if (next === null) return pause()
    index.value = next
  }

  function play(): void {
    if (isPlaying.value || last.value === 0) return
    isFollowing.value = false
    if (index.value >= last.value) index.value = 0
    isPlaying.value = true
    playhead.start(performance.now())
    request = requestAnimationFrame(tick)
  }

  function pause(): void {
    isPlaying.value = false
    cancelAnimationFrame(request)
  }

  /** Shows a frame, and stays there. */
  function goTo(at: number): void {
    pause()
    isFollowing.value = false
    index.value = Math.max(0, Math.min(last.value, at))
  }

  function follow(): void {
    pause()
    isFollowing.value = true
    index.value = last.value
  }

  function toggle(): void {
    if (isPlaying.value) pause()
    else play()
  }

  onScopeDispose(pause)
  return {
    index,
    last,
    isPlaying,
    isFollowing,
    speed,
    setSpeed: (framesPerSecond: number) => (speed.value = framesPerSecond),
    step: computed(() => steps()[index.value] ?? 0),
    play,
    pause,
    toggle,
    goTo,
    move: (by: number) => goTo(index.value + by),
    follow,
  }
}

export type Player = ReturnType<typeof usePlayer>
