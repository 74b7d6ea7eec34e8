import { notices, type Said } from './cart-said.ts'
import { Notice } from './page-furniture.tsx'

export function CartNotice({ outcome }: { readonly outcome: Said }) {
  const [kind, text] = notices[outcome]
  return (
    <Notice kind={kind} focus>
      <strong>{text}</strong>
      {(outcome === 'added' || outcome === 'full') && (
        <span>
          <a href="/cart">Go to the basket</a> or keep looking around.
        </span>
      )}
    </Notice>
  )
}
