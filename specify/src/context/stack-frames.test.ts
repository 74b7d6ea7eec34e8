import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileOfFrame, stackFrames } from './stack-frames.ts'

const TRACES: Readonly<
  Record<string, readonly [trace: string, first: readonly [string, number, string | undefined]]>
> = {
  node: [
    `TypeError: Cannot read properties of undefined (reading 'total')
    at placeOrder (file:///app/src/place-order.ts:42:7)
    at async /app/src/routes.ts:10:3
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
    ['/app/src/place-order.ts', 42, 'placeOrder'],
  ],
  python: [
    `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    run()
  File "/app/orders/place.py", line 42, in place_order
    total = cart.total
AttributeError: 'NoneType' object has no attribute 'total'`,
    ['/app/orders/place.py', 42, 'place_order'],
  ],
  go: [
    `panic: runtime error: invalid memory address or nil pointer dereference

goroutine 1 [running]:
main.placeOrder(...)
\t/app/orders/place.go:42 +0x1d
main.main()
\t/app/main.go:9 +0x25`,
    ['/app/orders/place.go', 42, undefined],
  ],
  java: [
    `java.lang.NullPointerException: total
\tat com.acme.orders.OrderService.place(OrderService.java:42)
\tat java.base/java.lang.Thread.run(Thread.java:840)`,
    ['com/acme/orders/OrderService.java', 42, 'com.acme.orders.OrderService.place'],
  ],
  csharp: [
    `System.NullReferenceException: Object reference not set to an instance of an object.
   at Shop.Orders.OrderService.Place(Order order) in /src/Orders/OrderService.cs:line 42`,
    ['/src/Orders/OrderService.cs', 42, 'Shop.Orders.OrderService.Place'],
  ],
  rust: [
    `thread 'main' panicked at src/orders.rs:42:9:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   2: shop::orders::place
             at ./src/orders.rs:42:9
   3: shop::main
             at ./src/main.rs:5:5`,
    ['src/orders.rs', 42, undefined],
  ],
}

for (const [language, [trace, [path, line, name]]] of Object.entries(TRACES))
  test(`a trace of ${language} begins where the error is`, () => {
    assert.deepEqual(stackFrames(trace)[0], { language, path, line, name })
  })

test('a Windows path keeps its drive', () => {
  assert.equal(stackFrames('    at f (C:\\app\\src\\a.ts:3:1)')[0]?.path, 'C:\\app\\src\\a.ts')
})

test('prose has no frames', () => {
  assert.deepEqual(stackFrames('The order is lost at checkout: see (page 3:1) and at noon'), [])
})

const FILES = [
  'src/a.ts',
  'services/one/src/routes.ts',
  'services/two/src/routes.ts',
  'services/two/src/only.ts',
]

test('a frame finds its file by the longest common end of the paths', () => {
  assert.equal(fileOfFrame('/root/src/a.ts', '/root', FILES), 'src/a.ts')
  assert.equal(fileOfFrame('/app/two/src/routes.ts', '/root', FILES), 'services/two/src/routes.ts')
  assert.equal(fileOfFrame('C:\\x\\only.ts', '/root', FILES), 'services/two/src/only.ts')
})

test('two files as good as each other, and files of others, are no answer', () => {
  assert.equal(fileOfFrame('/app/src/routes.ts', '/root', FILES), undefined)
  assert.equal(fileOfFrame('/app/node_modules/x/src/a.ts', '/root', FILES), undefined)
  assert.equal(fileOfFrame('nowhere.ts', '/root', FILES), undefined)
})
