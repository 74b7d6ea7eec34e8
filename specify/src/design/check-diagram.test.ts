import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDiagram } from './check-diagram.ts'

const messages = (source: string) => checkDiagram(source).map(({ line, message }) => `${line} ${message}`)

const GOOD: Readonly<Record<string, string>> = {
  'a flow with every shape': `%%{init: {'theme':'base'}}%%
flowchart TB
classDef person fill:#5a67d8,stroke:#4c51bf
User(("<b>User (a person)</b>")):::person
subgraph System["◆ Boundary"]
direction TB
LB{{"Balancer"}}:::person
DB[("Store")]
Flag>flag]
end
User -->|"1. Request (TLS)"| LB
LB -.-> DB`,
  'a sequence': 'sequenceDiagram\n  A->>B: hello (again',
}
for (const [title, source] of Object.entries(GOOD))
  test(`it can be drawn: ${title}`, () => assert.deepEqual(messages(source), []))

test('what cannot be drawn is named with its line', () => {
  assert.deepEqual(messages(' \n'), ['1 The diagram is empty.'])
  assert.deepEqual(messages('flowchrt TB\nA-->B'), ['1 "flowchrt" is no kind of mermaid diagram.'])
  assert.deepEqual(messages('graph LR\nA[x --> B'), ['2 "[" is not closed.'])
  assert.deepEqual(messages('graph LR\nA["x] --> B'), ['2 A quote is not closed.'])
  assert.deepEqual(messages('graph LR\nA(x] --> B'), ['2 "]" closes nothing.'])
  assert.deepEqual(messages('graph LR\nA --> B\nend'), ['3 "end" closes no subgraph.'])
  assert.deepEqual(messages('graph LR\nsubgraph S\nA --> B'), ['1 1 of the subgraphs has no "end".'])
  assert.deepEqual(messages('graph LR\nA[x]'), ['1 Nothing is connected with anything.'])
  assert.deepEqual(messages('erDiagram'), ['1 The diagram shows nothing.'])
})
