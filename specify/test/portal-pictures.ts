// node specify/test/portal-pictures.ts <workspace> <folder>: every kind of page of the portal at two widths, light and
// dark, as PNG. Looks at them are part of changing the portal; nothing compares them.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openGatherer } from '../src/portal/gather.ts'
import { readLastRun } from '../src/portal/last-run.ts'
import { writeSite } from '../src/portal/write-site.ts'
import { kindsOfPages } from './portal-pages.ts'
import { launchBrowser, noBrowser } from './browser.ts'

const WIDTHS = { wide: 1280, narrow: 390 } as const

const [workspace = '.', folder = 'portal-pictures'] = process.argv.slice(2)
if (noBrowser !== false) {
  process.stderr.write(`${noBrowser}\n`)
  process.exit(2)
}
const site = mkdtempSync(join(tmpdir(), 'specify-portal-'))
const browser = await launchBrowser()
try {
  const { signal } = new AbortController()
  const root = resolve(workspace)
  const portal = await openGatherer(root, signal).gather(readLastRun(root))
  await writeSite(portal, site, { comparison: undefined, signal, onFile: () => {} })
  mkdirSync(folder, { recursive: true })
  for (const [width, pixels] of Object.entries(WIDTHS))
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme, viewport: { width: pixels, height: 860 } })
      for (const [name, path] of kindsOfPages(portal)) {
        await page.goto(`${pathToFileURL(site).href}/${path}`)
        // One operation open says more about a contract than a list of closed ones.
        if (name === 'contract')
          await page.evaluate('document.querySelectorAll("details.operation")[1]?.setAttribute("open", "")')
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
      }
      await page.close()
    }
  process.stdout.write(
    `${folder}: ${kindsOfPages(portal).length} kinds of pages, two widths, light and dark\n`,
  )
} finally {
  await browser.close()
  rmSync(site, { recursive: true })
}
