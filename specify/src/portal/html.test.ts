import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { html, jsonForScript } from './html.ts'

test('what is put into a template is text, between tags and in attributes', () => {
  const text = `<script>alert("1")</script> & 'x'`
  assert.equal(
    html`<p title="${text}">${text}</p>`.text,
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
  )
})

test('HTML stays HTML, lists are joined, nothing prints nothing', () => {
  const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`)
  assert.equal(
    html`<ul>${items}</ul>${false}${undefined}${null}${0}`.text,
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>0',
  )
})

test('a text in a script element cannot end it, and is the same text there', () => {
  const value = { text: '</script><!-- <script> & \u2028 "' }
  const written = jsonForScript(value).text
  assert.doesNotMatch(written, /[<>&\u2028]/)
  assert.deepEqual(new Script(`(${written})`).runInThisContext(), value)
})
