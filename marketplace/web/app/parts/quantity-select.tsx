const MOST = 20 // of one product in a cart: cart-service's contract

export function QuantitySelect({
  id,
  current,
  available,
}: {
  readonly id: string
  readonly current: number
  readonly available: number
}) {
  // What is in the cart stays choosable even when less is left: the notice beside it says so.
  const most = Math.max(current, Math.min(MOST, available), 1)
  return (
    <select className="select" id={id} name="quantity" defaultValue={current}>
      {Array.from({ length: most }, (_, i) => (
        <option key={i} value={i + 1}>
          {i + 1}
        </option>
      ))}
    </select>
  )
}
