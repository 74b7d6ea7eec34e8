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
  kotlin: [
    `Exception in thread "main" java.lang.IllegalStateException: caught
\tat com.acme.MainKt.main(Main.kt:3)
Caused by: java.lang.NullPointerException: total
\tat com.acme.orders.Orders.place(Orders.kt:42)
\t... 1 more`,
    ['com/acme/orders/Orders.kt', 42, 'com.acme.orders.Orders.place'],
  ],
  browser: [
    `TypeError: total is undefined
    at placeOrder (http://localhost:5173/src/place-order.ts?t=1700000000000:42:7)
    at http://localhost:5173/src/main.ts:3:1`,
    ['/src/place-order.ts', 42, 'placeOrder'],
  ],
  ruby: [
    `/app/lib/orders.rb:42:in 'Orders#place': undefined method 'total' for nil (NoMethodError)
\tfrom /app/bin/shop.rb:3:in '<main>'`,
    ['/app/lib/orders.rb', 42, 'Orders#place'],
  ],
  php: [
    `PHP Fatal error:  Uncaught TypeError: Unsupported operand types in /app/src/Orders.php:42
Stack trace:
#0 /app/public/index.php(3): Shop\\Orders->place()
#1 {main}
  thrown in /app/src/Orders.php on line 42`,
    ['/app/src/Orders.php', 42, undefined],
  ],
  elixir: [
    `** (KeyError) key :total not found in: %{}
    (shop 0.1.0) lib/shop/orders.ex:42: Shop.Orders.place/2
    (elixir 1.17.0) lib/enum.ex:2531: Enum.reduce/3`,
    ['lib/shop/orders.ex', 42, 'Shop.Orders.place/2'],
  ],
  dart: [
    `Unhandled exception:
Null check operator used on a null value
#0      Orders.place (package:shop/src/orders.dart:42:7)
#1      main (file:///app/bin/shop.dart:3:3)`,
    ['src/orders.dart', 42, 'Orders.place'],
  ],
  swift: [
    `Shop/Orders.swift:42: Fatal error: Unexpectedly found nil while unwrapping an Optional value`,
    ['Shop/Orders.swift', 42, undefined],
  ],
  c: [
    `==1==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000
    #0 0x55d0c8 in place_order /app/src/orders.c:42:7
    #1 0x55d0d1 in main /app/src/main.c:3:3`,
    ['/app/src/orders.c', 42, 'place_order'],
  ],
}

for (const [language, [trace, [path, line, name]]] of Object.entries(TRACES))
  test(`a trace of ${language} begins where the error is`, () => {
    assert.deepEqual(stackFrames(trace)[0], { language, path, line, name })
  })

test('a Windows path keeps its drive', () => {
  assert.equal(stackFrames('    at f (C:\\app\\src\\a.ts:3:1)')[0]?.path, 'C:\\app\\src\\a.ts')
})

test('Firefox, gdb, older Ruby and older Rust write theirs in another way', () => {
  const first = (trace: string) => stackFrames(trace)[0]
  assert.deepEqual(first('placeOrder@http://localhost:8080/src/cart.js:42:7'), {
    language: 'browser',
    path: '/src/cart.js',
    line: 42,
    name: 'placeOrder',
  })
  assert.deepEqual(first('#0  place (o=0x0) at src/orders.c:42'), {
    language: 'c',
    path: 'src/orders.c',
    line: 42,
    name: 'place',
  })
  assert.equal(first("orders.rb:42:in `place': no total (NoMethodError)")?.name, 'place')
  assert.equal(first("thread 'main' panicked at 'no total', src/orders.rs:42:9")?.line, 42)
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
