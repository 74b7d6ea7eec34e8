// A small repository with one violation of each kind beside things that are allowed. boundaries.ts must find
// exactly these before anyone believes it about the real one.

import type { Tree } from './boundary-rules.ts'

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, ...fields })

export const planted: Tree = new Map([
  ['package.json', manifest('root', { devDependencies: { oxlint: '1' } })],
  ['packages/cli/package.json', manifest('@x/cli', { exports: { './*.ts': './src/*.ts' } })],
  [
    'packages/json/package.json',
    manifest('@x/json', { exports: { './*.ts': './src/*.ts' }, dependencies: { '@x/cli': '1', ajv: '1' } }),
  ],
  [
    'specify/package.json',
    manifest('@x/specify', {
      exports: { './contracts/*.ts': './src/contracts/*.ts' },
      dependencies: { '@x/cli': '1', '@x/pgmock': '1', '@types/mdast': '1' },
    }),
  ],
  [
    'pgmock/package.json',
    manifest('@x/pgmock', { exports: { './*.ts': './src/*.ts' }, dependencies: { '@x/cli': '1' } }),
  ],
  [
    'marketplace/package.json',
    manifest('@x/marketplace', {
      dependencies: { '@x/cli': '1', '@x/specify': '1', '@x/pgmock': '1', pg: '1' },
    }),
  ],

  // allowed
  ['packages/cli/src/a.ts', "import { readFile } from 'node:fs'\nimport type { B } from './b.ts'"],
  ['packages/cli/src/b.ts', "import './a.ts'"], // a circle through a type-only import is none
  ['packages/json/src/a.ts', "import { Ajv } from 'ajv/dist/2020.js'"],
  ['pgmock/bin/pgmock.js', "import { onNode24 } from '../../packages/cli/node24.js'"],
  ['pgmock/src/cli.ts', "import '@x/cli/a.ts'\nconst lazy = () => import('./lazy.ts')"],
  ['pgmock/src/lazy.ts', "import './cli.ts'"], // so is a circle through a dynamic import
  ['scripts/check.ts', "import '@x/cli/a.ts'\nimport 'oxlint'"],
  [
    'marketplace/run.ts',
    "import './services/order/src/order.ts'\nimport '@x/pgmock/cli.ts'\nimport '@x/specify/contracts/open.ts'",
  ],
  ['marketplace/test/system/buy.test.ts', "import '../../services/cart/src/cart.ts'"],
  ['marketplace/platform/http.ts', "import '@x/cli/a.ts'\nimport 'pg'"],
  ['marketplace/services/cart/contracts/api.ts', 'export const a = 1'],
  [
    'marketplace/services/cart/src/cart.ts',
    "import '../contracts/api.ts'\nimport '../../../platform/http.ts'",
  ],
  ['marketplace/services/order/src/order.ts', "import '../../cart/contracts/api.ts'"],
  ['marketplace/services/order/src/order.test.ts', "import '@x/specify/contracts/open.ts'"],
  [
    'marketplace/web/app/home.tsx',
    "import '../../services/cart/contracts/api.ts'\nimport '../../platform/contract/client.ts'\nimport type { Route } from './+types/home'",
  ],
  ['marketplace/web/service.ts', "import '../platform/http.ts'"],
  ['marketplace/simulators/mail/run.ts', "import '../../platform/http.ts'"],
  ['marketplace/data/build.ts', "import '@x/pgmock/cli.ts'"],

  // violations
  ['packages/json/src/up.ts', "import '@x/cli/a.ts'"],
  ['packages/json/src/sideways.ts', "\nimport '../../cli/src/a.ts'"],
  ['specify/src/sister.ts', "import '@x/pgmock/cli.ts'"],
  [
    'specify/src/undeclared.ts',
    "import 'left-pad'\nimport '@x/json/a.ts'\nimport type { Root } from 'mdast'\nimport mdast from 'mdast'",
  ],
  ['pgmock/src/circle-a.ts', "import './circle-b.ts'"],
  ['pgmock/src/circle-b.ts', "import './circle-c.ts'"],
  ['pgmock/src/circle-c.ts', "import './circle-a.ts'"],
  ['pgmock/src/string-utils.ts', ''], // a longer name may say enough
  ['pgmock/src/utils/pad.ts', ''],
  ['pgmock/src/helpers.ts', ''],
  ['scripts/reach.ts', "const load = () => import('../specify/src/sister.ts')"],
  ['marketplace/run-hidden.ts', "import '@x/specify/src/cli.ts'"],
  ['marketplace/platform/commerce.ts', "import '../services/cart/src/cart.ts'"],
  ['marketplace/services/order/src/peek.ts', "import type { Cart } from '../../cart/src/cart.ts'"],
  ['marketplace/services/order/src/tool.ts', "import '@x/pgmock/cli.ts'"],
  ['marketplace/services/order/src/root.ts', "import '../../../run.ts'"],
  ['marketplace/services/order/src/mail.ts', "import '../../../simulators/mail/run.ts'"],
  ['marketplace/simulators/mail/peek.ts', "import '../../services/cart/contracts/api.ts'"],
  ['marketplace/web/app/cart.tsx', "import '../../services/cart/src/cart.ts'"],
  ['marketplace/web/app/db.tsx', "import '../../platform/http.ts'"],
  ['marketplace/data/peek.ts', "import '../platform/http.ts'"],
])

/** `code file:line`, sorted. */
export const expected: readonly string[] = [
  'forbidden-import marketplace/data/peek.ts:1',
  'forbidden-import marketplace/platform/commerce.ts:1',
  'forbidden-import marketplace/services/order/src/mail.ts:1',
  'forbidden-import marketplace/services/order/src/peek.ts:1',
  'forbidden-import marketplace/services/order/src/root.ts:1',
  'forbidden-import marketplace/services/order/src/tool.ts:1',
  'forbidden-import marketplace/simulators/mail/peek.ts:1',
  'forbidden-import marketplace/web/app/cart.tsx:1',
  'forbidden-import marketplace/web/app/db.tsx:1',
  'forbidden-import packages/json/src/up.ts:1',
  'forbidden-import specify/src/sister.ts:1',
  'import-cycle pgmock/src/circle-a.ts:1',
  'not-exported marketplace/run-hidden.ts:1',
  'relative-across-workspaces packages/json/src/sideways.ts:2',
  'relative-across-workspaces scripts/reach.ts:1',
  'undeclared-import specify/src/undeclared.ts:1',
  'undeclared-import specify/src/undeclared.ts:2',
  'undeclared-import specify/src/undeclared.ts:4',
  'vague-name pgmock/src/helpers.ts',
  'vague-name pgmock/src/utils/pad.ts',
]
