import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullMarkdown, parseMarkdown } from '../spec/markdown.ts'
import { isWebAddress, renderMarkdown } from './render-markdown.ts'

const links = {
  anchors: new Map<number, string>(),
  href: (url: string) => (isWebAddress(url) ? url : undefined),
}
const rendered = (text: string) => renderMarkdown(parseMarkdown(text, 'spec.md'), links).text

test('HTML in a spec is shown as it is written, never run; comments are left out', () => {
  const text = rendered(
    '# T\n\n<script>alert(1)</script>\n\nA <b onclick="x()">b</b> <!-- secret --> c\n\n<!-- more -->\n',
  )
  assert.doesNotMatch(text, /<script|<b|secret|more/)
  assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
  assert.match(text, /&lt;b onclick=&quot;x\(\)&quot;&gt;/)
})

test('links lead to the web or to other pages; an address that would run something is text', () => {
  const text = rendered(
    '[a](https://example.com/x?y=1&z=2) [b](javascript:alert(1)) [c](data:text/html,x) [d](<java script:x>) ![e](http://x/y.png)',
  )
  assert.match(text, /<a href="https:\/\/example\.com\/x\?y=1&amp;z=2">a<\/a>/)
  assert.equal(text.match(/<a /g)?.length, 1)
  assert.doesNotMatch(text, /<img|javascript:|y\.png/)
})

test('lists keep their boxes and numbers, tables their cells, code its spaces', () => {
  const text = rendered(
    '- [x] done\n- [ ] open\n\n3. three\n4. four\n\n| a | b |\n|---|---|\n| `1` | **2** |\n\n```hurl\nGET  /x\n```\n',
  )
  assert.match(text, /aria-label="done"[^]*aria-label="open"/)
  assert.match(text, /<ol start="3"><li>three<\/li>/)
  assert.match(text, /<td><code>1<\/code><\/td><td><strong>2<\/strong><\/td>/)
  assert.match(text, /<code>GET {2}\/x<\/code>/)
})

test('the line of a requirement has its anchor, a heading one of its words, each once', () => {
  const markdown = parseMarkdown('## Same\n\n- **FR-001**: x\n\n## Same\n', 'spec.md')
  const text = renderMarkdown(markdown, { ...links, anchors: new Map([[3, 'FR-001']]) }).text
  assert.match(text, /<li id="FR-001">/)
  assert.equal(text.match(/id="same"/g)?.length, 1)
})

test('the quick parser and the full one lead to the same page', () => {
  const text =
    '# T\n\nA *b* **c** `d` [e](https://x.org/a_(b)) and <https://y.org>.\n\n1. one\n2. two\n\n> said\n'
  const quick = parseMarkdown(text, 'spec.md')
  const full = { ...quick, root: fullMarkdown(text) }
  assert.equal(renderMarkdown(quick, links).text, renderMarkdown(full, links).text)
})
