const VERSION = /^(\s*\**Version\**\s*:\**\s*)(\d+)\.(\d+)\.(\d+)\b(.*)$/im

export type Step = 'major' | 'minor' | 'patch'

/** `1.2.0` of the line `**Version**: 1.2.0 | **Ratified**: … | **Last Amended**: …`. */
export function constitutionVersion(text: string): string | undefined {
  const match = VERSION.exec(text)
  return match === null ? undefined : `${match[2]}.${match[3]}.${match[4]}`
}

/** The text with its version raised and the day of the amendment set; unchanged without a version line. */
export function raiseVersion(text: string, step: Step, day: string): string {
  return text.replace(
    VERSION,
    (_, head: string, major: string, minor: string, patch: string, rest: string) => {
      const [a, b, c] = [Number(major), Number(minor), Number(patch)]
      const next = { major: `${a + 1}.0.0`, minor: `${a}.${b + 1}.0`, patch: `${a}.${b}.${c + 1}` }[step]
      return (
        head +
        next +
        rest.replace(
          /(Last Amended\**\s*:\**\s*)[^|\r\n]*?(?=\s*(?:\||\r?$))/im,
          (_all, label: string) => label + day,
        )
      )
    },
  )
}
