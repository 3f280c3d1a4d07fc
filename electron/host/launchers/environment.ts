/** What an engine needs of the surroundings; nothing that changes how Node itself runs. */
const INHERITED =
  /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SystemRoot|windir|APPDATA|LOCALAPPDATA|USERPROFILE|ProgramData|XDG_.*|SIGNUM_.*|TF_.*|OMP_.*|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH)$/i

/** The environment variables that an engine process gets of ours. */
export function inheritedEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => INHERITED.test(entry[0]) && entry[1] !== undefined,
  )
  return Object.fromEntries(inherited)
}
