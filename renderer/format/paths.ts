const LONGEST = 36

/** A folder's path as it fits into a line: `~` for the home folder, the middle left out where it is long. */
export function formatFolder(path: string, home: string, longest = LONGEST): string {
  const rest = path.slice(home.length)
  const isInside = home !== '' && path.startsWith(home) && /^(?:[/\\]|$)/.test(rest)
  const short = isInside ? `~${rest}` : path
  if (short.length <= longest) return short
  // More of the end is kept: the last folders tell most.
  const start = Math.floor((longest - 1) / 3)
  return `${short.slice(0, start)}…${short.slice(start + 1 - longest)}`
}
