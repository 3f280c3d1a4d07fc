import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { SignumError } from '#shared/contract/errors.ts'

/** One file of the built page, as it is served. */
export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly mediaType: string
  readonly cacheControl: string
}

/** Path as it stands in a request, such as "/assets/index-4f2a.js", to the file. "/" is the page itself. */
export type PageBundle = ReadonlyMap<string, PageFile>

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** Vite puts a hash of the content into the names under assets/, so they never change. */
const HASHED = '/assets/'

/**
 * Reads the built page into memory. What is not in this list does not exist for a request: no path of a request ever
 * reaches the file system, so there is nothing to escape from. Links are left out, wherever they lead.
 *
 * @throws SignumError `file_unreadable` where the page has not been built.
 */
export function readPageBundle(folder: string): PageBundle {
  const files = new Map<string, PageFile>()
  try {
    for (const path of listFiles(folder, '')) {
      const mediaType = MEDIA_TYPES[extname(path)]
      if (mediaType === undefined) continue
      files.set(path, {
        body: new Uint8Array(readFileSync(join(folder, path))),
        mediaType,
        cacheControl: path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache',
      })
    }
  } catch (cause) {
    throw notBuilt(folder, cause)
  }
  const page = files.get('/index.html')
  if (!page) throw notBuilt(folder)
  return files.set('/', page)
}

/** Walks by hand because Node's own recursive listing goes through links to folders. */
function listFiles(folder: string, parent: string): string[] {
  return readdirSync(join(folder, parent), { withFileTypes: true }).flatMap((entry) => {
    const path = `${parent}/${entry.name}`
    if (entry.isDirectory()) return listFiles(folder, path)
    return entry.isFile() ? [path] : []
  })
}

function notBuilt(folder: string, cause?: unknown): SignumError {
  return new SignumError('file_unreadable', `The lab's page is not in ${folder}; build it with: npm run build`, {
    cause,
  })
}
