// The page of `specify test --html` in a real browser: readable for everybody, light and dark, wide and narrow.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportHtml } from '../../src/scenarios/report-html.ts'
import type { ScenarioResult } from '../../src/scenarios/scenario-result.ts'
import { assertAccessible, launchBrowser, noBrowser } from '../browser.ts'
import { temporaryFolder } from '../run-specify.ts'

const base: ScenarioResult = {
  id: 'order-service/001#US1.1',
  title: 'given a cart, when bought, then an order',
  file: 'services/order-service/specs/001-order-management/spec.md',
  line: 7,
  outcome: 'passed',
  durationMs: 12,
  requests: 1,
  failures: [],
}
const results: ScenarioResult[] = [
  base,
  {
    ...base,
    id: 'order-service/001#US1.2',
    outcome: 'failed',
    failures: [
      {
        message: 'the status differs',
        line: 9,
        expected: '201',
        actual: '500',
        answer: JSON.stringify({ code: 'x'.repeat(400) }),
        reproduce: `curl -X POST 'http://127.0.0.1:8080/api/v1/orders' --data-binary '${'y'.repeat(300)}'`,
      },
      { message: 'another', line: 12 },
    ],
  },
  { ...base, id: 'user-service/001#US1.1', outcome: 'unbound', reason: 'prose only' },
]

test(
  'the report is accessible, and fits its window, in both schemes and at two widths',
  { skip: noBrowser },
  async (t) => {
    const file = join(temporaryFolder(t), 'report.html')
    const measure = { what: 'p95', limit: 200, actual: 312, unit: 'ms', holds: false } as const
    const criterion = { ...base, id: 'order-service/001#SC-001', text: 'p95 < 200 ms', scenarios: [base.id] }
    writeFileSync(
      file,
      reportHtml({
        results,
        load: [
          {
            ...criterion,
            outcome: 'missed',
            runs: 9,
            failedRuns: 0,
            requests: 9,
            seconds: 1,
            measures: [measure],
          },
        ],
        durationMs: 1200,
        at: new Date(),
      }),
    )
    const browser = await launchBrowser()
    try {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [360, 1280]) {
          const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } })
          const asked: string[] = []
          page.on('request', (request) => asked.push(request.url()))
          await page.goto(pathToFileURL(file).href)
          await assertAccessible(page, `${colorScheme}, ${width} wide`)
          assert.ok(
            await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'),
            `wider than ${width}`,
          )
          assert.equal(asked.length, 1, 'the page asks for nothing else')
          if (process.env['REPORT_PICTURES'])
            await page.screenshot({
              path: join(process.env['REPORT_PICTURES'], `${colorScheme}-${width}.png`),
              fullPage: true,
            })
          await page.close()
        }
    } finally {
      await browser.close()
    }
  },
)
