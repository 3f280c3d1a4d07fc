import type { RequestOf } from '#shared/contract/methods.ts'
import type { Snapshot } from '#shared/contract/snapshots.ts'
import { decodePage, type WeightPage } from './values.ts'

/** Weights that are kept decoded: a hundred frames of a screenful. */
const MOST_VALUES = 16_000_000

export type PageRequest = Required<RequestOf<'weights.snapshot'>>

/** Pages of filters by what was asked for, fetched once; the least recently used are forgotten. */
export class PageCache {
  readonly #ask: (request: PageRequest) => Promise<Snapshot>
  readonly #pages = new Map<string, WeightPage>()
  readonly #asked = new Map<string, Promise<WeightPage>>()
  #values = 0

  constructor(ask: (request: PageRequest) => Promise<Snapshot>) {
    this.#ask = ask
  }

  /** A page that is there already. */
  peek(request: PageRequest): WeightPage | null {
    return this.#pages.get(keyOf(request)) ?? null
  }

  /** Rejects as the lab does. */
  get(request: PageRequest): Promise<WeightPage> {
    const key = keyOf(request)
    const page = this.#pages.get(key)
    if (page) {
      this.#pages.delete(key)
      this.#pages.set(key, page)
      return Promise.resolve(page)
    }
    const asked = this.#asked.get(key) ?? this.#fetch(key, request)
    this.#asked.set(key, asked)
    return asked
  }

  /** What a resumed run has cut off must not be shown again; what is on its way may be of it, and is not kept. */
  clear(): void {
    this.#pages.clear()
    this.#asked.clear()
    this.#values = 0
  }

  #fetch(key: string, request: PageRequest): Promise<WeightPage> {
    const asked: Promise<WeightPage> = this.#ask(request)
      .then((snapshot) => {
        const page = decodePage(snapshot)
        if (this.#asked.get(key) === asked) this.#keep(key, page)
        return page
      })
      .finally(() => {
        if (this.#asked.get(key) === asked) this.#asked.delete(key)
      })
    return asked
  }

  #keep(key: string, page: WeightPage): void {
    this.#pages.set(key, page)
    this.#values += page.values.length
    this.#forgetOldest()
  }

  #forgetOldest(): void {
    for (const [key, { values }] of this.#pages) {
      if (this.#values <= MOST_VALUES) return
      this.#pages.delete(key)
      this.#values -= values.length
    }
  }
}

function keyOf({ id, layer, mode, step, from, count }: PageRequest): string {
  return [id, layer, mode, step, from, count].join('\n')
}
