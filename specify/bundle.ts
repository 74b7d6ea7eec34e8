// npm run bundle: makes specify/build/specify.cjs, the whole program as one file for Node 20 and later without
// node_modules.
//
// The engine reads over all source before it runs any, 20 ms for each megabyte, at every start. So only our own code is
// source in that file; packages are compressed texts, compiled when a command first needs one. All of it is ASCII, because
// one other character doubles the file in memory. CommonJS, because Node starts that 20 ms earlier than a module.

import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { licenceNotice } from './licences.ts'
import { ownTemplate, ownTemplateNames } from './src/init/own-templates.ts'

/** Packages that must see the same objects are one text. */
const TOGETHER = [
  /^(?:ajv|ajv-formats)(?:\/|$)/,
  /^(?:@modelcontextprotocol\/sdk|zod)(?:\/|$)/,
  /^(?:mdast|micromark|unist)-/,
]

const { values } = parseArgs({
  options: { out: { type: 'string', default: fileURLToPath(new URL('build/specify.cjs', import.meta.url)) } },
})

const OPTIONS = {
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true, // names stay: a stack trace that somebody sends us should say something
  legalComments: 'inline',
  logLevel: 'warning',
  metafile: true,
} as const satisfies BuildOptions

const sources = new Set<string>()
const groups = new Map<string, Set<string>>()
const [own] = (
  await build({
    ...OPTIONS,
    // Not cli.ts: CommonJS cannot wait at its top.
    stdin: {
      contents: `import './node20.js'
        import { main } from '@specwright/cli/run-cli.ts'
        import { program } from './src/program.ts'
        void main(program)`,
      resolveDir: import.meta.dirname,
    },
    define: { 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' },
    plugins: [templates(), clientFiles(), packages()],
  })
).outputFiles
const texts: Record<string, string> = {}
for (const [group, names] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1)))
  texts[group] = await packageText([...names].sort())

await mkdir(dirname(values.out), { recursive: true })
const program = `#!/usr/bin/env node
// The licences of the packages in this file: LICENSES.txt, made with it.
"use strict";
const __texts=${JSON.stringify(texts)},__loaded={};
function __package(group,name){
  const known=__loaded[group]??=(()=>{
    const module={exports:{}};
    const text = require('node:zlib').brotliDecompressSync(Buffer.from(__texts[group],'base64')).toString();
    new Function('module','exports','require',text)(module,module.exports,require);
    return module.exports;
  })();
  return known[name]();
}
${asciiOnly(own!.text)}`
await writeFile(values.out, program)
const notice = join(dirname(values.out), 'LICENSES.txt')
await writeFile(notice, licenceNotice(process.cwd(), sources))
await chmod(values.out, 0o755)
const megabytes = (text: string) => (text.length / 1_000_000).toFixed(1)
process.stdout.write(
  `${values.out}: ${megabytes(program)} MB, ${megabytes(own!.text)} of it source; licences in ${notice}\n`,
)

/** The compiler escapes strings but not regular expressions. None of our String.raw texts has such a character. */
function asciiOnly(source: string): string {
  // oxlint-disable-next-line no-control-regex
  return source.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Our templates become texts in the program. */
function templates(): Plugin {
  return {
    name: 'templates',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]init[\\/]own-templates\.ts$/ }, async () => {
        const names = await ownTemplateNames()
        const contents = await Promise.all(
          names.map(async (name) => [name, (await ownTemplate(name)).content]),
        )
        return {
          contents: `const texts = ${JSON.stringify(Object.fromEntries(contents))}
            export const ownTemplateNames = async () => Object.keys(texts)
            export const ownTemplate = async (name) => ({ content: texts[name], path: undefined })`,
        }
      })
    },
  }
}

/** What the portal sends to browsers becomes texts in the program, too. */
function clientFiles(): Plugin {
  return {
    name: 'client files',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]portal[\\/]client-file\.ts$/ }, async ({ path }) => {
        const folder = join(dirname(path), 'client')
        const names = await readdir(folder)
        const texts = await Promise.all(
          names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
        )
        return {
          contents: `const texts = ${JSON.stringify(Object.fromEntries(texts))}
            export const clientFile = (name) => texts[name]`,
        }
      })
    },
  }
}

/** What our sources import from a package becomes a small module that takes it out of the package's text. */
function packages(): Plugin {
  return {
    name: 'packages',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        path.startsWith('node:') || path.startsWith('@specwright/') || kind === 'entry-point'
          ? undefined
          : { path, namespace: 'package' },
      )
      onLoad({ filter: /.*/, namespace: 'package' }, async ({ path }) => {
        const together = TOGETHER.findIndex((one) => one.test(path))
        const group = together < 0 ? path : `together ${together}`
        groups.set(group, (groups.get(group) ?? new Set()).add(path))
        const names = Object.keys((await import(path)) as object).filter((name) => /^[\w$]+$/.test(name))
        const lines = names.map((name) =>
          name === 'default' ? 'export default taken.default' : `export const ${name} = taken.${name}`,
        )
        return {
          contents: `const taken = __package(${JSON.stringify(group)}, ${JSON.stringify(path)})\n${lines.join('\n')}`,
        }
      })
    },
  }
}

/** Compressed CommonJS that exports a function for each name, which gives the package as an import of it would. */
async function packageText(names: readonly string[]): Promise<string> {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    stdin: {
      // Behind functions, so that one name does not pay for the others of its group.
      contents: `module.exports = {${names.map((name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(`as-imported:${name}`)})`).join(',')}}`,
      resolveDir: import.meta.dirname,
    },
    plugins: [asImported(), tokenTables()],
  })
  for (const source of Object.keys(metafile.inputs)) sources.add(source)
  return brotliCompressSync(outputFiles[0]!.contents).toString('base64')
}

/** `require` sees a package's CommonJS half; what our sources import is what an import statement gives. */
function asImported(): Plugin {
  return {
    name: 'as imported',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^as-imported:/ }, ({ path }) => ({
        path: path.slice('as-imported:'.length),
        namespace: 'as-imported',
      }))
      onLoad({ filter: /.*/, namespace: 'as-imported' }, async ({ path }) => {
        const hasDefault = Object.hasOwn((await import(path)) as object, 'default')
        return {
          contents: `export * from ${JSON.stringify(path)}${hasDefault ? `\nexport { default } from ${JSON.stringify(path)}` : ''}`,
          resolveDir: import.meta.dirname,
        }
      })
    },
  }
}

/** The engine reads JSON in a string twice as fast as an array of 200,000 elements in source. */
function tokenTables(): Plugin {
  return {
    name: 'token tables',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]bpeRanks[\\/]\w+\.js$/ }, async ({ path }) => {
        const { default: table } = (await import(path)) as { default: readonly unknown[] }
        return { contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(table))})` }
      })
    },
  }
}
