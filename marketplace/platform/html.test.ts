import assert from 'node:assert/strict'
import test from 'node:test'
import { html, trusted } from './html.ts'

test('values are escaped, in text and in attributes', () => {
  const name = `<script>"Kiln" & 'Co'</script>`
  assert.equal(
    html`<p title="${name}">${name}</p>`.text,
    '<p title="&lt;script&gt;&quot;Kiln&quot; &amp; &#39;Co&#39;&lt;/script&gt;">&lt;script&gt;&quot;Kiln&quot; &amp; &#39;Co&#39;&lt;/script&gt;</p>',
  )
})

test('pieces of HTML and lists of them are spliced in as they are', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
  assert.equal(html`<ul>${items}</ul>${trusted('<hr>')}`.text, '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>')
})

test('undefined and false are empty, zero is not', () => {
  assert.equal(html`[${undefined}${false}${0}]`.text, '[0]')
})
