export type Frame = {
  readonly language:
    | 'node'
    | 'browser'
    | 'python'
    | 'go'
    | 'java'
    | 'kotlin'
    | 'csharp'
    | 'rust'
    | 'ruby'
    | 'php'
    | 'elixir'
    | 'dart'
    | 'swift'
    | 'c'
  /** As the trace writes it; for Java and Kotlin the package's folders and the file's name. */
  readonly path: string
  readonly line: number
  readonly name: string | undefined
}

type Pattern = {
  readonly language: Frame['language']
  readonly pattern: RegExp
  readonly frame: (match: RegExpExecArray) => Pick<Frame, 'path' | 'line' | 'name'>
}

/** One line of a stack trace each, in the form the language's own runtime prints. First match counts. */
const PATTERNS: readonly Pattern[] = [
  {
    language: 'java', // at com.acme.orders.OrderService.place(OrderService.java:42)
    pattern: /^\s*at (?:[\w.]+\/)?((?:[\w$]+\.)+)([\w$<>]+)\(([\w$]+\.(?:java|kt|scala|groovy)):(\d+)\)/,
    frame: ([, owner, method, file, line]) => ({
      path: [...owner!.split('.').slice(0, -2), file!].join('/'),
      line: Number(line),
      name: owner! + method!,
    }),
  },
  {
    language: 'csharp', // at Shop.Orders.OrderService.Place(Order order) in /src/OrderService.cs:line 42
    pattern: /^\s*at (.+?)(?:\(.*\))? in (.+?):line (\d+)/,
    frame: ([, name, path, line]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'browser', // at placeOrder (http://localhost:5173/src/cart.ts:42:7), placeOrder@http://…/cart.js:42:7
    pattern:
      /^\s*(?:at (?:async )?(?:(.+?) \()?|(.*?)@)(?:https?|webpack(?:-internal)?):\/\/[^/\s]*(\/[^()\s?]+?)(?:\?[^():\s]*)?:(\d+):\d+\)?\s*$/,
    frame: ([, chrome, firefox, path, line]) => ({
      path: path!,
      line: Number(line),
      name: chrome ?? (firefox || undefined),
    }),
  },
  {
    language: 'node', // at placeOrder (file:///app/src/place-order.ts:42:7), at /app/src/place-order.ts:42:7
    pattern: /^\s*at (?:async )?(?:(.+?) \()?(?:file:\/\/)?((?:[A-Za-z]:)?[^()\s:]+):(\d+):\d+\)?\s*$/,
    frame: ([, name, path, line]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'python', // File "/app/orders.py", line 42, in place_order
    pattern: /^\s*File "(.+?)", line (\d+)(?:, in (.+))?/,
    frame: ([, path, line, name]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'ruby', // /app/orders.rb:42:in 'Orders#place': …, from orders.rb:42:in `place'
    pattern: /^\s*(?:from |\d+: from )?([^\s:]+\.(?:rb|rake|ru|erb)):(\d+)(?::in [`'"](.+?)['"])?(?:[: ]|$)/,
    frame: ([, path, line, name]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'php', // #0 /app/src/Orders.php(42): Shop\Orders->place()
    pattern: /^\s*#\d+ (\S+\.php)\((\d+)\): (.+?)\(/,
    frame: ([, path, line, name]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'php', // Uncaught Error: … in /app/src/Orders.php:42, thrown in /app/src/Orders.php on line 42
    pattern: /\bin (\S+\.php)(?::| on line )(\d+)\s*$/,
    frame: ([, path, line]) => ({ path: path!, line: Number(line), name: undefined }),
  },
  {
    language: 'elixir', // (shop 0.1.0) lib/shop/orders.ex:42: Shop.Orders.place/2
    pattern: /^\s*(?:\([\w.]+(?: [\w.+-]+)?\) )?([^\s:]+\.exs?):(\d+): (.+)$/,
    frame: ([, path, line, name]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'dart', // #0      Orders.place (package:shop/src/orders.dart:42:7)
    pattern: /^\s*#\d+\s+(.+?) \((?:package:[^/]+|file:\/\/|dart:)\/?([^():]+\.dart):(\d+)(?::\d+)?\)/,
    frame: ([, name, path, line]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'swift', // 3 place() + 42 in Shop at /app/Sources/Orders.swift:42:9, Shop/Orders.swift:42: Fatal error: …
    pattern: /(?:^\s*|\bat )(\/?[^\s:]+\.swift):(\d+)(?::\d+)?(?::|\s*$)/,
    frame: ([, path, line]) => ({ path: path!, line: Number(line), name: undefined }),
  },
  {
    language: 'c', // #1 0x55d in place /app/src/orders.cpp:42:7 (sanitizers), #0  place (o=0x0) at src/orders.c:42 (gdb)
    pattern:
      /^\s*#\d+\s+(?:0x[\da-f]+ in )?([\w:~<>]+).*?\s((?:[A-Za-z]:)?[^\s:()]+\.(?:c|cc|cpp|cxx|h|hpp|m|mm)):(\d+)(?::\d+)?\s*$/,
    frame: ([, name, path, line]) => ({ path: path!, line: Number(line), name }),
  },
  {
    language: 'go', // \t/app/orders/place.go:42 +0x1d
    pattern: /^\s*(\S+\.go):(\d+)(?: \+0x[\da-f]+)?\s*$/,
    frame: ([, path, line]) => ({ path: path!, line: Number(line), name: undefined }),
  },
  {
    language: 'rust', // at ./src/orders.rs:42:9, thread 'main' panicked at src/orders.rs:42:9:
    pattern: /(?:^\s*at |panicked at (?:'.*', )?)(\S+?\.rs):(\d+)(?::\d+)?:?\s*$/,
    frame: ([, path, line]) => ({ path: path!, line: Number(line), name: undefined }),
  },
]

/** The frames of a stack trace, whatever its language, the place of the error first. */
export function stackFrames(trace: string): Frame[] {
  // Java prints what was caught last, and the cause of it all below.
  const causes = trace.split(/^(?=\s*Caused by: )/m)
  const frames = causes.reverse().flatMap(framesOf)
  // Python prints the call that failed last.
  return frames.every(({ language }) => language === 'python') ? frames.reverse() : frames
}

function framesOf(trace: string): Frame[] {
  const frames: Frame[] = []
  for (const line of trace.split(/\r?\n/))
    for (const { language, pattern, frame } of PATTERNS) {
      const match = pattern.exec(line)
      if (match === null) continue
      const read = frame(match)
      frames.push({
        language: LOOKALIKES.find(([ending]) => read.path.endsWith(ending))?.[1] ?? language,
        ...read,
      })
      break
    }
  return frames
}

/** Rust prints "at ./src/x.rs:1:2" just as Node prints a frame without a name, and Kotlin runs where Java does. */
const LOOKALIKES = [
  ['.rs', 'rust'],
  ['.kt', 'kotlin'],
  ['.swift', 'swift'],
] as const

/** The workspace's file a frame means: the longest common end of both paths; undefined when two are equally good. */
export function fileOfFrame(path: string, root: string, files: readonly string[]): string | undefined {
  const written = path.replaceAll('\\', '/').replace(/^\.\//, '')
  const inside = written.startsWith(`${root}/`) ? written.slice(root.length + 1) : written
  if (files.includes(inside)) return inside
  if (
    /(?:^|\/)(?:node_modules|site-packages|dist-packages|internal|gems|vendor\/bundle|\.cargo)\//.test(
      inside,
    ) ||
    inside.startsWith('node:')
  )
    return undefined
  const parts = inside.split('/')
  const name = parts.at(-1)!
  let best: { file: string; common: number } | undefined
  let isTied = false
  for (const file of files) {
    if (!(file === name || file.endsWith(`/${name}`))) continue
    const own = file.split('/')
    let common = 0
    while (common < Math.min(own.length, parts.length) && own.at(-1 - common) === parts.at(-1 - common))
      common++
    if (best === undefined || common > best.common) {
      best = { file, common }
      isTied = false
    } else if (common === best.common) isTied = true
  }
  return isTied ? undefined : best?.file
}
