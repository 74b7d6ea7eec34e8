import { isRecord, pointer as pointerOf, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced } from '@specwright/json-schema/resolve-ref.ts'
import { readPathItem } from '../load-openapi.ts'
import { operationName, type Api, type Operation } from '../model.ts'

/** Requests a service sends: its webhooks, and the callbacks of its operations, each with a name of its own. */
export function noticesOf({ source, operations }: Api): Map<string, Operation> {
  const { root } = source
  const notices = new Map<string, Operation>()
  if (!isRecord(root)) return notices
  const add = (items: unknown, prefix: string, pointer: string) => {
    if (!isRecord(items)) return
    for (const [name, value] of Object.entries(items))
      for (const each of readPathItem(source, root, name, { value, pointer: `${pointer}${pointerOf(name)}` }))
        notices.set(`${prefix}${operationName(each)}`, each)
  }
  add(root['webhooks'], 'Webhook: ', '/webhooks')
  for (const operation of operations) {
    const written = valueAt(root, operation.pointer)
    const callbacks = isRecord(written) ? written['callbacks'] : undefined
    if (!isRecord(callbacks)) continue
    for (const [name, callback] of Object.entries(callbacks))
      add(
        dereferenced(root, callback),
        `Callback of ${operationName(operation)}: `,
        `${operation.pointer}${pointerOf('callbacks', name)}`,
      )
  }
  return notices
}
