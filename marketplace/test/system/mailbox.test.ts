import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { createTransport } from 'nodemailer'
import { freePort, testCluster, type TestCluster } from '../test-database.ts'
import { portOf } from '../../platform/environment.ts'
import { portOffsets, portsFrom } from '../../installation.ts'
import { migrateService, startService, type RunningService } from '../../platform/service.ts'
import { mailbox } from '../../simulators/mailbox/src/service.ts'

let cluster: TestCluster
let running: RunningService

before(async () => {
  cluster = await testCluster({ ports: portsFrom((await freePort()) - portOffsets.mailbox) })
  await migrateService(mailbox, cluster.environment)
  running = await startService(mailbox, cluster.environment)
})

after(async () => {
  await running?.stop()
  await cluster?.stop()
})

const mail = {
  from: { name: 'Kiln & <Co>', address: 'shop@example.com' },
  to: 'Ada@Example.com',
  subject: 'Your <order>',
  text: 'Thank you',
  html: '<html><head></head><body><script>alert(1)</script><p>Thank you</p></body></html>',
  messageId: '<order-1@example.com>',
}

test('a message sent twice is shown once', async () => {
  await send(mail)
  await send(mail)
  const { data } = await api('/api/messages?to=ada@example.com')
  assert.deepEqual(
    data.map(({ subject, deliveries, to }) => [subject, deliveries, to]),
    [['Your <order>', 2, ['ada@example.com']]],
  )
})

test('messages to others are not shown', async () => {
  await send({ ...mail, to: 'bob@example.com', messageId: '<order-2@example.com>' })
  assert.equal((await api('/api/messages?to=ada@example.com')).data.length, 1)
  assert.equal((await api('/api/messages')).data.length, 2)
})

test('pages escape what came in and run none of its scripts', async () => {
  const { id } = (await api('/api/messages?to=ada@example.com')).data[0]!
  const inbox = await (await fetch(`${running.url}/`)).text()
  assert.match(inbox, /Your &lt;order&gt;/)
  assert.match(inbox, /Kiln &amp; &lt;Co&gt;/)
  const shown = await fetch(`${running.url}/messages/${id}`)
  assert.match(
    await shown.text(),
    /<iframe title="Message" src="\/messages\/\d+\/html" sandbox="allow-popups/,
  )
  const part = await fetch(`${running.url}/messages/${id}/html`)
  assert.match(part.headers.get('content-security-policy')!, /default-src 'none'.*sandbox/)
  assert.match(await part.text(), /<base target="_blank">/)
})

test('a message that does not exist is a page that says so', async () => {
  for (const path of ['/messages/999', '/messages/x', '/messages/999/html', '/api/messages/999'])
    assert.equal((await fetch(running.url + path)).status, 404)
})

async function send(message: typeof mail): Promise<void> {
  const { host } = cluster.environment
  const transport = createTransport({
    host,
    port: portOf(cluster.environment, 'mailbox-smtp'),
    secure: false,
  })
  await transport.sendMail(message)
  transport.close()
}

// The API's own shape; the assertions above are the check.
async function api(
  path: string,
): Promise<{ data: { id: number; subject: string; deliveries: number; to: string[] }[] }> {
  return (await (await fetch(running.url + path)).json()) as never
}
