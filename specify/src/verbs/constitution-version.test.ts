import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constitutionVersion, raiseVersion } from './constitution-version.ts'

const LAST = '**Version**: 1.2.3 | **Ratified**: 2025-01-01 | **Last Amended**: 2025-06-07'

for (const [step, version] of [
  ['major', '2.0.0'],
  ['minor', '1.3.0'],
  ['patch', '1.2.4'],
] as const) {
  test(`${step} makes 1.2.3 into ${version} and sets the day`, () => {
    const text = raiseVersion(`# C\r\n\r\n${LAST}\r\n`, step, '2026-02-03')
    assert.equal(constitutionVersion(text), version)
    assert.match(text, /\*\*Ratified\*\*: 2025-01-01 \| \*\*Last Amended\*\*: 2026-02-03\r\n$/)
  })
}

test('a constitution without a version line stays as it is', () => {
  assert.equal(raiseVersion('# C\n', 'major', '2026-02-03'), '# C\n')
})
