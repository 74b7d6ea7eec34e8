import assert from 'node:assert/strict'
import { posix, win32 } from 'node:path'
import { test } from 'node:test'
import { isInside, pathFrom, pathInside } from './paths.ts'

const systems = [
  { name: 'Windows', on: win32, root: 'C:\\work\\shop', at: (path: string) => path.replaceAll('/', '\\') },
  { name: 'elsewhere', on: posix, root: '/work/shop', at: (path: string) => path },
] as const

for (const { name, on, root, at } of systems) {
  test(`${name}: what somebody types becomes a path from the root with forward slashes, and back`, () => {
    const service = on.join(root, 'services', 'orders')
    assert.equal(pathInside(service, root, at('specs/001-orders'), on), 'services/orders/specs/001-orders')
    assert.equal(pathInside(service, root, on.join(root, 'docs'), on), 'docs')
    assert.equal(pathInside(service, root, at('../..'), on), '')
    assert.equal(
      pathFrom(service, root, 'services/orders/specs/001-orders/spec.md', on),
      'specs/001-orders/spec.md',
    )
    assert.equal(pathFrom(service, root, 'docs/SERVICE-CATALOG.md', on), '../../docs/SERVICE-CATALOG.md')
    assert.equal(pathFrom(root, root, '', on), '.')
    assert.equal(pathFrom(root, root, '../billing/specs/001-x/spec.md', on), '../billing/specs/001-x/spec.md')
  })

  test(`${name}: what leaves the workspace is refused`, () => {
    for (const typed of ['..', at('../shop-2/specs'), at('../../..')])
      assert.throws(() => pathInside(root, root, typed, on), { code: 'outside-workspace' }, typed)
    assert.equal(pathInside(root, root, '..shop', on), '..shop', 'dots may begin a name')
  })

  test(`${name}: a folder whose name begins like another is not inside it`, () => {
    assert.ok(isInside(on.join(root, 'specs'), root))
    assert.ok(isInside(root, root))
    assert.ok(!isInside(`${root}-2`, root))
  })
}

test('Windows: another drive is outside, capital and small letters are one', () => {
  assert.throws(() => pathInside('C:\\work', 'C:\\work', 'D:\\work', win32), { code: 'outside-workspace' })
  assert.equal(pathInside('c:\\WORK\\shop', 'C:\\work\\shop', 'specs/001-x', win32), 'specs/001-x')
})
