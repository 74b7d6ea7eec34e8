import { generators } from '../values/registry.ts'
import { generatorSamples } from './generator-samples.ts'

/** docs/generators.md: every generator by family, with types, options and samples. */
export function generatorsPage(): string {
  const families = Map.groupBy(generators.values(), ({ family }) => family)
  const sections = [...families].map(([family, members]) => {
    const rows = members.map(({ name, summary, fits, options = {} }) => {
      const known = Object.entries(options).map(([option, { summary: about }]) => `\`${option}\`: ${about}`)
      const samples = generatorSamples(name, 2).map((sample) => `\`${shortened(sample)}\``)
      return `| \`${name}\` | ${cell(summary)}${known.length === 0 ? '' : `<br>${cell(known.join('; '))}`} | ${fits.join(', ')} | ${cell(samples.join(', '))} |`
    })
    return `## ${family}\n\n| name | what | column kinds | samples |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  return `# Generators\n\nMade from the sources by \`npm run generate\`. A column without a generator gets one by its name and type; \`pgmock explain\`\nsays which. ${generators.size} generators.\n\n${sections.join('\n')}`
}

function shortened(sample: string): string {
  return sample.length > 60 ? `${sample.slice(0, 59)}…` : sample
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}
