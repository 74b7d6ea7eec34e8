// Every template restores into a real PostgreSQL with its constraints on, and its numbers agree in SQL.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findTemplates } from '../../src/config/templates.ts'
import { openSet, rowsOf } from '../../src/generate.ts'
import { rowsSorted } from '../rows-sorted.ts'
import { runPgmock } from '../run-pgmock.ts'
import { startCluster, suiteForEachPostgres, type Cluster } from '../throwaway-cluster.ts'

/** Rows that would be wrong; each must be 0. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  'e-commerce': [
    'SELECT count(*) FROM orders o WHERE subtotal <> (SELECT sum(line_total) FROM order_items WHERE order_id = o.id) OR total <> subtotal - discount + shipping_fee',
    'SELECT count(*) FROM customers c WHERE total_spent <> (SELECT coalesce(sum(total), 0) FROM orders WHERE customer_id = c.id)',
    'SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.placed_at < c.created_at',
    'SELECT count(*) FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.amount <> o.total OR p.paid_at <= o.placed_at',
    'SELECT count(*) FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.shipped_at <= o.placed_at OR s.delivered_at <= s.shipped_at',
  ],
  saas: [
    'SELECT count(*) FROM invoices i WHERE total <> (SELECT sum(amount) FROM invoice_lines WHERE invoice_id = i.id)',
    'SELECT count(*) FROM payments p JOIN invoices i ON i.id = p.invoice_id WHERE p.amount <> i.total OR p.paid_at < i.issued_at',
    'SELECT count(*) FROM organizations o WHERE member_count <> (SELECT count(*) FROM memberships WHERE organization_id = o.id)',
    "SELECT count(*) FROM organizations o WHERE (SELECT count(*) FROM memberships WHERE organization_id = o.id AND role = 'owner') <> 1",
    'SELECT count(*) FROM tasks WHERE completed_at < created_at',
  ],
  healthcare: [
    'SELECT count(*) FROM bills b WHERE total <> (SELECT sum(amount) FROM bill_items WHERE bill_id = b.id) OR total <> insurance_share + patient_share',
    'SELECT count(*) FROM encounters e JOIN appointments a ON a.id = e.appointment_id WHERE e.started_at < a.starts_at OR a.starts_at < a.booked_at',
    'SELECT count(*) FROM appointments a JOIN patients p ON p.id = a.patient_id WHERE a.booked_at < p.registered_at',
    'SELECT count(*) FROM vitals WHERE bmi <> round(weight_kg / (height_cm / 100 * height_cm / 100), 1)',
    'SELECT count(*) FROM (SELECT icd10_code FROM diagnoses GROUP BY 1 HAVING count(DISTINCT diagnosis) > 1) d',
  ],
  finance: [
    'SELECT count(*) FROM accounts a WHERE balance <> opening_balance + (SELECT coalesce(sum(amount), 0) FROM transactions WHERE account_id = a.id)',
    'SELECT count(*) FROM transactions t JOIN accounts a ON a.id = t.account_id WHERE t.booked_at < a.opened_at',
    'SELECT count(*) FROM loans l WHERE repaid <> (SELECT coalesce(sum(amount), 0) FROM loan_payments WHERE loan_id = l.id)',
    'SELECT count(*) FROM employees e JOIN employees m ON m.id = e.manager_id WHERE m.id >= e.id',
  ],
  blog: [
    'SELECT count(*) FROM posts p WHERE comment_count <> (SELECT count(*) FROM comments WHERE post_id = p.id)',
    'SELECT count(*) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.published_at IS NULL OR c.created_at < p.published_at',
    'SELECT count(*) FROM authors a WHERE post_count <> (SELECT count(*) FROM posts WHERE author_id = a.id)',
  ],
  iot: [
    'SELECT count(*) FROM sensors s WHERE last_value <> (SELECT value FROM readings WHERE sensor_id = s.id ORDER BY recorded_at DESC LIMIT 1)',
    'SELECT count(*) FROM (SELECT 1 FROM readings GROUP BY sensor_id, recorded_at HAVING count(*) > 1) twice',
    'SELECT count(*) FROM devices d JOIN gateways g ON g.id = d.gateway_id WHERE d.installed_at < g.installed_at',
  ],
}

suiteForEachPostgres('templates in a real PostgreSQL', (postgres, isNewest) => {
  let cluster: Cluster
  let folder: string

  before(async () => {
    cluster = await startCluster(postgres)
    folder = await mkdtemp(join(tmpdir(), 'pgmock-templates-'))
  })
  after(async () => {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  for (const { name, text } of findTemplates(undefined).values()) {
    test(`${name} restores with its constraints, dumps the same, and its totals and times agree`, async () => {
      await writeFile(join(folder, `${name}.json`), text)
      const flags = ['--scale', '0.1', '--seed', '4', '--target', cluster.version, '--restrict-key', 'k']
      const run = await runPgmock(folder, ['generate', `${name}.json`, '-f', `${name}.sql`, ...flags])
      assert.equal(run.exitCode, 0, run.stderr)
      const database = name.replace('-', '_')
      await cluster.createDatabase(database)
      await cluster.psqlFile(database, join(folder, `${name}.sql`))
      const ours = await readFile(join(folder, `${name}.sql`), 'utf8')
      assert.equal(rowsSorted(await cluster.pgDump(database, '--restrict-key=k')), rowsSorted(ours))
      if (isNewest) for (const sql of WRONG[name]!) assert.equal(await cluster.psql(database, sql), '0', sql)
    })
  }

  test('a tenth of edge cases comes back from the server as it was written', async () => {
    const saas = findTemplates(undefined).get('saas')!
    await writeFile(join(folder, 'edges.json'), saas.text)
    const flags = ['--scale', '0.05', '--edge-cases', '10%', '--target', cluster.version]
    const run = await runPgmock(folder, ['generate', 'edges.json', '-f', 'edges.sql', ...flags])
    assert.equal(run.exitCode, 0, run.stderr)
    await cluster.createDatabase('edges')
    await cluster.psqlFile('edges', join(folder, 'edges.sql'))
    const { plan } = await openSet([join(folder, 'edges.json')], { seed: 1, scale: 0.05, edgeCases: 0.1 })
    const comments = plan.databases[0]!.tables.find(({ table }) => table.name === 'comments')!
    const expected = [...rowsOf(comments)].map((row) => createHash('md5').update(row['body']!).digest('hex'))
    const read = await cluster.psql('edges', 'SELECT md5(body) FROM comments ORDER BY id')
    assert.deepEqual(read.split('\n'), expected)
  })
})
