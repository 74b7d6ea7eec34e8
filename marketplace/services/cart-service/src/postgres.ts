import type { Database, Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { CartState } from '../contracts/api.ts'
import type { SeenProduct, StoredCart } from './cart.ts'
import type { ChangePorts, ChangeResult } from './change-cart.ts'

export type CartStore = ReturnType<typeof cartStore>

/** The ports of the use cases on PostgreSQL. */
export function cartStore(db: Database, now: () => Date) {
  return {
    findCart: (cartId: string): Promise<StoredCart | undefined> => find(db, cartId),

    async ensureCart(cartId: string): Promise<StoredCart> {
      const at = now()
      const added = await db.query(sql`
        insert into carts (cart_id, created_at, updated_at) values (${cartId}, ${at}, ${at})
        on conflict do nothing returning cart_id`)
      if (added.length > 0) return { cartId, state: 'open', lines: [] }
      return (await find(db, cartId))!
    },

    setLine: ((cartId, { sku, quantity, seen }, mostLines) =>
      change(cartId, async (tx) => {
        const [others] = await tx.query<{ count: number }>(sql`
          select count(*) from cart_lines where cart_id = ${cartId} and sku <> ${sku}`)
        if (others!.count >= mostLines) return 'full'
        await tx.query(sql`
          insert into cart_lines (cart_id, sku, quantity, seen)
          values (${cartId}, ${sku}, ${quantity}, ${JSON.stringify(seen)})
          on conflict (cart_id, sku) do update set quantity = excluded.quantity, seen = excluded.seen`)
        return 'changed'
      })) satisfies ChangePorts['setLine'],

    removeLine: ((cartId, sku) =>
      change(cartId, async (tx) => {
        await tx.query(sql`delete from cart_lines where cart_id = ${cartId} and sku = ${sku}`)
        return 'changed'
      })) satisfies ChangePorts['removeLine'],

    /** Deletes open carts that nobody has changed since `before`. */
    async deleteIdle(before: Date): Promise<void> {
      await db.query(sql`delete from carts where state = 'open' and updated_at < ${before}`)
    },
  }

  function change(
    cartId: string,
    work: (tx: Transaction) => Promise<'changed' | 'full'>,
  ): Promise<ChangeResult> {
    return db.transaction(async (tx) => {
      // The update is the lock, too: changes of one cart wait for each other.
      const [cart] = await tx.query<{ state: CartState }>(sql`
        update carts set updated_at = ${now()} where cart_id = ${cartId} returning state`)
      if (!cart) return { outcome: 'not-found' }
      if (cart.state === 'closed') return { outcome: 'closed' }
      if ((await work(tx)) === 'full') return { outcome: 'full' }
      return { outcome: 'changed', cart: (await find(tx, cartId))! }
    })
  }
}

/** Closes the cart of an order. A cart that is closed or gone already stays as it is. */
export async function closeCart(tx: Queryable, cartId: string): Promise<void> {
  await tx.query(sql`update carts set state = 'closed' where cart_id = ${cartId}`)
}

async function find(queryable: Queryable, cartId: string): Promise<StoredCart | undefined> {
  const rows = await queryable.query<{
    state: CartState
    sku: string | null
    quantity: number
    seen: SeenProduct
  }>(sql`
    select state, sku, quantity, seen from carts left join cart_lines using (cart_id)
    where cart_id = ${cartId} order by position`)
  const [first] = rows
  if (!first) return undefined
  const lines = rows.flatMap(({ sku, quantity, seen }) => (sku === null ? [] : [{ sku, quantity, seen }]))
  return { cartId, state: first.state, lines }
}
